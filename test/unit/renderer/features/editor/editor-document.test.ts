import type { EditorState, TransactionSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { undo } from '@codemirror/commands';
import { beforeEach, describe, expect, it } from 'vitest';
import { builtLinesAt } from '../../../../../renderer/src/features/editor/built-lines.ts';
import { EditorDocument } from '../../../../../renderer/src/features/editor/editor-document.svelte.ts';
import type { LineBytes } from '../../../../../renderer/src/features/editor/sum-line-bytes.ts';
import { SelectionState } from '../../../../../renderer/src/selection/selection-state.svelte.ts';

const text = 'FROM a\nRUN b\nCOPY c d\n';
const ignore = (): void => undefined;
const built = (line: number): LineBytes => ({ line, sizeBytes: 1, origin: 'run', durationMs: null, isCached: false });

let selection: SelectionState;
let document: EditorDocument;

beforeEach(() => {
  selection = new SelectionState();
  document = new EditorDocument({ file: 'Dockerfile', text, revision: 'r1' }, selection, ignore);
});

/** A view without a window: it holds the state, and says where the caret was put. */
function createView(state: EditorState) {
  const view = {
    state,
    focused: 0,
    dispatch(spec: TransactionSpec) {
      this.state = this.state.update(spec).state;
    },
    focus() {
      this.focused += 1;
    }
  };
  return { view, asView: view as unknown as EditorView };
}

const offsetOf = (line: number): number => document.editorState.doc.line(line).from;

describe('EditorDocument', () => {
  it('takes .dockerignore files for such, and all others for Dockerfiles', () => {
    const languageOf = (file: string) =>
      new EditorDocument({ file, text: '', revision: null }, selection, ignore).language;
    expect(['Dockerfile', 'Containerfile', '.dockerignore', 'web.Dockerfile.dockerignore'].map(languageOf)).toEqual([
      'dockerfile',
      'dockerfile',
      'dockerignore',
      'dockerignore'
    ]);
  });

  it('keeps its text, undo history and marks while no view shows it', () => {
    const { view, asView } = createView(document.editorState);
    const hide = document.show(asView);
    view.dispatch({ changes: { from: 0, insert: '# mine\n' } });
    hide();
    expect(document.editorState.doc.toString()).toBe(`# mine\n${text}`);
    const { view: next } = createView(document.editorState);
    undo({ state: next.state, dispatch: (transaction) => next.dispatch(transaction) });
    expect(next.state.doc.toString()).toBe(text);
  });

  it('has a restored text as one step that undo takes back to the text on disk', () => {
    document.restore({ file: 'Dockerfile', text: 'FROM draft\n', revision: 'r1' });
    expect(document).toMatchObject({ text: 'FROM draft\n', savedText: text, isUnsaved: true, changedOnDisk: null });
    const { view } = createView(document.editorState);
    view.dispatch({ changes: { from: 0, insert: '# typed\n' }, userEvent: 'input.type' });
    const undoOnce = (): boolean => undo({ state: view.state, dispatch: (transaction) => view.dispatch(transaction) });
    undoOnce();
    expect(view.state.doc.toString()).toBe('FROM draft\n');
    undoOnce();
    expect(view.state.doc.toString()).toBe(text);
  });

  it('has a restored text of another version of the file as changed on disk', () => {
    document.restore({ file: 'Dockerfile', text: 'FROM draft\n', revision: 'r0' });
    expect(document).toMatchObject({ revision: 'r0', changedOnDisk: { revision: 'r1' } });
  });

  it('has a text from disk as one step that undo takes back', () => {
    document.changedOnDisk = { revision: 'r2' };
    document.replaceText({ text: 'FROM theirs\n', revision: 'r2' });
    expect(document).toMatchObject({ text: 'FROM theirs\n', isUnsaved: false, revision: 'r2', changedOnDisk: null });
    const { view } = createView(document.editorState);
    undo({ state: view.state, dispatch: (transaction) => view.dispatch(transaction) });
    expect(view.state.doc.toString()).toBe(text);
  });

  it('shows what a build made at the lines of today', async () => {
    document.replaceText({ text: `# more\n${text}`, revision: 'r2' });
    await document.showBuild({ text, lines: [built(2), built(3)] });
    expect([1, 2, 3, 4].map((line) => builtLinesAt(document.editorState, offsetOf(line)))).toEqual([[], [], [2], [3]]);
    document.replaceText({ text: '# more\nFROM a\nCOPY c d\n', revision: 'r3' });
    await document.showBuild({ text, lines: [built(2), built(3)] });
    expect([1, 2, 3].map((line) => builtLinesAt(document.editorState, offsetOf(line)))).toEqual([[], [], [3]]);
    await document.showBuild(null);
    expect(builtLinesAt(document.editorState, offsetOf(3))).toEqual([]);
  });

  it('puts the caret at a line of the build, and nowhere when that is gone', () => {
    const { view, asView } = createView(document.editorState);
    document.show(asView);
    document.revealBuiltLine(`# gone\n${text}`, 3);
    expect([view.state.selection.main.head, view.focused]).toEqual([offsetOf(2), 1]);
    document.revealBuiltLine(`# gone\n${text}`, 1);
    expect([view.state.selection.main.head, view.focused]).toEqual([offsetOf(2), 1]);
  });
});
