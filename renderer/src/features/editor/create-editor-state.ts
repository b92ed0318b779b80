import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers, tooltips } from '@codemirror/view';
import { words } from '#contract/words/words.ts';
import { builtLinesField } from './built-lines.ts';
import { byteGutter } from './byte-gutter.ts';
import { completeDockerfile } from './complete-dockerfile.ts';
import { dockerfileLanguage, dockerignoreLanguage } from './dockerfile-language.ts';
import { lineMarks } from './line-marks.ts';
import { editorTheme } from './editor-theme.ts';
import { specialCharacters } from './special-characters.ts';

export interface EditorOptions {
  readonly text: string;
  readonly language: 'dockerfile' | 'dockerignore';
  /** Label for assistive technology. */
  readonly label: string;
  readonly onChange: (text: string) => void;
  /** Offset of the start of the line under the pointer; null when it left. */
  readonly onHover: (lineFrom: number | null) => void;
  /** The cursor was moved to another line. */
  readonly onCaret: (lineFrom: number) => void;
}

/** A new editor state: text, undo history, marks. One is kept for each open file. */
export function createEditorState(options: EditorOptions): EditorState {
  const isDockerfile = options.language === 'dockerfile';
  const dockerfileParts: Extension = [
    builtLinesField,
    byteGutter,
    dockerfileLanguage,
    autocompletion({ override: [completeDockerfile], icons: false })
  ];
  return EditorState.create({
    doc: options.text,
    extensions: [
      lineNumbers(),
      isDockerfile ? dockerfileParts : dockerignoreLanguage,
      lineMarks,
      history(),
      drawSelection(),
      specialCharacters,
      bracketMatching(),
      closeBrackets(),
      highlightSelectionMatches(),
      search({ top: false }),
      // With position "fixed" the tooltips would be placed relative to the pane, which is a containing block.
      tooltips({ position: 'absolute', tooltipSpace: (view) => view.dom.getBoundingClientRect() }),
      EditorState.tabSize.of(4),
      keymap.of([
        ...closeBracketsKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...completionKeymap,
        // Without Tab, which moves the focus as everywhere in the window; Ctrl ] indents.
        ...defaultKeymap
      ]),
      EditorView.contentAttributes.of({ 'aria-label': options.label, spellcheck: 'false', tabindex: '0' }),
      EditorState.phrases.of(words.editor.phrases),
      editorTheme,
      listen(options)
    ]
  });
}

function listen(options: EditorOptions): Extension {
  const changes = EditorView.updateListener.of((update) => {
    if (update.docChanged) options.onChange(update.state.doc.toString());
    const lineBefore = update.startState.doc.lineAt(update.startState.selection.main.head).from;
    const line = update.state.doc.lineAt(update.state.selection.main.head).from;
    const byHand = update.transactions.some((transaction) => transaction.isUserEvent('select'));
    if (byHand && line !== lineBefore) options.onCaret(line);
  });
  const pointer = EditorView.domEventHandlers({
    mousemove(event, view) {
      const offset = view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
      options.onHover(view.state.doc.lineAt(offset).from);
    },
    mouseleave: () => options.onHover(null),
    click(event, view) {
      const offset = view.posAtCoords({ x: event.clientX, y: event.clientY }, false);
      options.onCaret(view.state.doc.lineAt(offset).from);
    }
  });
  return [changes, pointer];
}
