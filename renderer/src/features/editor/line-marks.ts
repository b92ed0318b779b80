import { RangeSet, StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  gutterLineClass,
  GutterMarker,
  WidgetType,
  type DecorationSet
} from '@codemirror/view';

/** The marks; offsets of line starts in the current text. */
export interface LineMarks {
  readonly hovered: number | null;
  readonly selected: number | null;
  readonly failed: { readonly at: number; readonly words: string } | null;
}

const noMarks: LineMarks = { hovered: null, selected: null, failed: null };

const setEffect = StateEffect.define<Partial<LineMarks>>();

/** Changes some of the marks and keeps the others. */
export function setLineMarks(marks: Partial<LineMarks>): StateEffect<unknown> {
  return setEffect.of(marks);
}

class LineClass extends GutterMarker {
  override readonly elementClass: string;

  constructor(elementClass: string) {
    super();
    this.elementClass = elementClass;
  }
}

class FailureNote extends WidgetType {
  readonly words: string;

  constructor(words: string) {
    super();
    this.words = words;
  }

  override eq(other: FailureNote): boolean {
    return this.words === other.words;
  }

  override toDOM(): HTMLElement {
    const note = document.createElement('div');
    note.className = 'slipway-failure';
    note.setAttribute('role', 'note');
    note.textContent = this.words;
    return note;
  }
}

const lineClasses = { hovered: 'slipway-hovered', selected: 'slipway-selected', failed: 'slipway-failed' } as const;
const decorations = {
  hovered: Decoration.line({ class: lineClasses.hovered }),
  selected: Decoration.line({ class: lineClasses.selected, attributes: { 'aria-current': 'true' } }),
  failed: Decoration.line({ class: lineClasses.failed })
};
const gutterMarks = {
  hovered: new LineClass(lineClasses.hovered),
  selected: new LineClass(lineClasses.selected),
  failed: new LineClass(lineClasses.failed)
};

const marksField = StateField.define<LineMarks>({
  create: () => noMarks,
  update(value, transaction) {
    const move = (at: number | null): number | null =>
      at === null ? null : transaction.newDoc.lineAt(transaction.changes.mapPos(at, 1)).from;
    const moved = transaction.docChanged
      ? {
          hovered: move(value.hovered),
          selected: move(value.selected),
          failed: value.failed && { ...value.failed, at: move(value.failed.at) ?? 0 }
        }
      : value;
    return transaction.effects.reduce(
      (last, effect) => (effect.is(setEffect) ? { ...last, ...effect.value } : last),
      moved
    );
  }
});

function listPositions(state: EditorState): { kind: keyof typeof decorations; at: number }[] {
  const marks = state.field(marksField);
  const at = { hovered: marks.hovered, selected: marks.selected, failed: marks.failed?.at ?? null };
  return (['hovered', 'selected', 'failed'] as const).flatMap((kind) => {
    const offset = at[kind];
    return offset === null || offset > state.doc.length ? [] : [{ kind, at: state.doc.lineAt(offset).from }];
  });
}

function decorate(state: EditorState): DecorationSet {
  const lines = listPositions(state).map(({ kind, at }) => decorations[kind].range(at));
  const { failed } = state.field(marksField);
  const note =
    failed === null || failed.at > state.doc.length
      ? []
      : [
          Decoration.widget({ widget: new FailureNote(failed.words), block: true, side: 1 }).range(
            state.doc.lineAt(failed.at).to
          )
        ];
  return Decoration.set([...lines, ...note], true);
}

/** Marks complete lines: those hovered and selected in other views, and the one that failed, with its message. */
export const lineMarks: Extension = [
  marksField,
  EditorView.decorations.compute([marksField, 'doc'], decorate),
  gutterLineClass.compute([marksField, 'doc'], (state) =>
    RangeSet.of(
      listPositions(state).map(({ kind, at }) => gutterMarks[kind].range(at)),
      true
    )
  )
];
