import { isolateHistory } from '@codemirror/commands';
import type { EditorState, StateEffect } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Draft } from '#contract/schema/draft.ts';
import type { ProjectText } from '#contract/schema/project.ts';
import type { SelectionState } from '../../selection/selection-state.svelte.ts';
import { builtLinesAt, findBuiltLine, setBuiltLines } from './built-lines.ts';
import type { LineBytes } from './sum-line-bytes.ts';
import { mapLines } from './map-lines.ts';
import { createEditorState } from './create-editor-state.ts';
import { setLineMarks } from './line-marks.ts';

/** A line that failed, 1-based in the text as it was built. */
interface FailedLine {
  readonly line: number;
  readonly builtText: string;
  readonly words: string;
}

/** One open file: its text, its saved text, and its editor state, which outlives the view. */
export class EditorDocument {
  readonly file: string;
  readonly language: 'dockerfile' | 'dockerignore';
  text = $state('');
  savedText = $state('');
  /** Null: the file is not on disk yet. */
  revision = $state<string | null>(null);
  /** The text on disk differs from the one that was read; `revision` null: the file was removed. */
  changedOnDisk = $state.raw<{ readonly revision: string | null } | null>(null);

  #state: EditorState;
  #view: EditorView | null = null;
  #shownBuild: unknown = null;
  #failure: FailedLine | null = null;
  #scrollWhenShown = false;
  readonly #selection: SelectionState;

  /** `onEdit` is called after each change of the text in the editor. */
  constructor(
    read: Omit<ProjectText, 'revision'> & { revision: string | null },
    selection: SelectionState,
    onEdit: (document: EditorDocument) => void
  ) {
    this.file = read.file;
    this.language = read.file.endsWith('.dockerignore') ? 'dockerignore' : 'dockerfile';
    this.text = read.text;
    this.savedText = read.text;
    this.revision = read.revision;
    this.#selection = selection;
    this.#state = createEditorState({
      text: read.text,
      language: this.language,
      label: read.file,
      onChange: (text) => {
        this.text = text;
        onEdit(this);
      },
      onHover: (lineFrom) => selection.hover(this.#targetAt(lineFrom)),
      onCaret: (lineFrom) => selection.select(this.#targetAt(lineFrom))
    });
  }

  get isUnsaved(): boolean {
    return this.text !== this.savedText;
  }

  get editorState(): EditorState {
    return this.#view?.state ?? this.#state;
  }

  /**
   * Attaches the view that now displays this document; returns a function that detaches it and keeps the view's last
   * state.
   */
  show(view: EditorView): () => void {
    this.#view = view;
    if (this.#scrollWhenShown) this.#scrollToFailure();
    return () => {
      this.#state = view.state;
      this.#view = null;
    };
  }

  focus(): void {
    this.#view?.focus();
  }

  /** Replaces the editor's text with the one on disk; undo restores the old one. */
  replaceText(read: { text: string; revision: string }): void {
    const { doc } = this.editorState;
    // First, so that the change is not one of the user's.
    this.markSaved(read.text, read.revision);
    if (read.text !== this.text) this.#dispatch([], { from: 0, to: doc.length, insert: read.text });
    this.text = read.text;
  }

  /** Restores an unsaved text of an earlier session; undo returns to the one on disk. */
  restore({ text, revision }: Draft): void {
    this.#dispatch([], { from: 0, to: this.editorState.doc.length, insert: text });
    this.text = text;
    if (revision !== this.revision) this.changedOnDisk = { revision: this.revision };
    this.revision = revision;
  }

  /** The disk holds this text under this revision; what was typed since stays unsaved. */
  markSaved(text: string, revision: string): void {
    this.savedText = text;
    this.revision = revision;
    this.changedOnDisk = null;
  }

  /** Shows the results of a build's lines next to those that are unchanged since. */
  async showBuild(built: { readonly text: string; readonly lines: readonly LineBytes[] } | null): Promise<void> {
    if (this.language !== 'dockerfile') return;
    this.#shownBuild = built;
    // The parser is loaded with the first build that is shown.
    const { splitInstructions } = await import('#dockerfile/parse/split-instructions.ts');
    if (this.#shownBuild !== built) return;
    const { instructions } = splitInstructions(built?.text ?? '');
    const endLineOf = (line: number): number => instructions.find((each) => each.line === line)?.endLine ?? line;
    const lines = built?.lines.map((line) => ({ ...line, endLine: endLineOf(line.line) }));
    this.#dispatch([setBuiltLines(built && { text: built.text, lines: lines ?? [] })]);
  }

  /** Marks the line that failed and brings it into view once; null takes the mark away. */
  markFailure(failure: FailedLine | null): void {
    const range = failure && mapLines(failure.builtText, this.text, [failure.line])[0];
    const failed =
      failure === null || range === undefined || range === null
        ? null
        : { at: this.editorState.doc.lineAt(range.from).from, words: failure.words };
    const isNew = failed !== null && JSON.stringify(failure) !== JSON.stringify(this.#failure);
    this.#failure = failure;
    this.#dispatch([setLineMarks({ failed })]);
    if (!isNew) return;
    if (this.#view === null) this.#scrollWhenShown = true;
    else this.#scrollToFailure();
  }

  /** Highlights the lines that other views point to. */
  highlightSelection(): void {
    const { hovered, selected } = this.#selection;
    this.#dispatch([
      setLineMarks({ hovered: this.#offsetOf(hovered?.line ?? null), selected: this.#offsetOf(selected?.line ?? null) })
    ]);
  }

  /** Scrolls to a line of the text as it was built and places the cursor there. */
  revealBuiltLine(builtText: string, line: number): void {
    const range = mapLines(builtText, this.text, [line])[0];
    if (range === undefined || this.#view === null) return;
    this.#view.dispatch({ selection: { anchor: range.from }, scrollIntoView: true });
    this.#view.focus();
  }

  #scrollToFailure(): void {
    this.#scrollWhenShown = false;
    const range = this.#failure && mapLines(this.#failure.builtText, this.text, [this.#failure.line])[0];
    if (range == null) return;
    this.#view?.dispatch({ effects: EditorView.scrollIntoView(range.from, { y: 'center' }) });
  }

  #offsetOf(builtLine: number | null): number | null {
    if (builtLine === null || this.language !== 'dockerfile') return null;
    return findBuiltLine(this.editorState, builtLine);
  }

  #targetAt(lineFrom: number | null): { line: number; layerIndex: null } | null {
    if (lineFrom === null || this.language !== 'dockerfile') return null;
    const line = builtLinesAt(this.editorState, lineFrom)[0];
    return line === undefined ? null : { line, layerIndex: null };
  }

  #dispatch(effects: StateEffect<unknown>[], changes?: { from: number; to: number; insert: string }): void {
    const spec = changes === undefined ? { effects } : { effects, changes, annotations: isolateHistory.of('full') };
    if (this.#view === null) this.#state = this.#state.update(spec).state;
    else this.#view.dispatch(spec);
  }
}
