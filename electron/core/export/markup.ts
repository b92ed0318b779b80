import { showControls } from '#contract/format/show-controls.ts';

/** Text that is already markup. Only `markup` creates it, and it escapes all values. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Markup | readonly Markup[];

/**
 * HTML or SVG of a template. Values are escaped, in text and in quoted attributes, unless they are markup themselves.
 */
export function markup(template: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let text = template[0] ?? '';
  pieces.forEach((piece, index) => {
    text += textOf(piece) + (template[index + 1] ?? '');
  });
  return new Markup(text);
}

function textOf(piece: Piece): string {
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'object') return piece.map(({ text }) => text).join('');
  return escapeMarkup(String(piece));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
};

/** Without what XML does not allow, and marks that change the text direction around them. */
function escapeMarkup(text: string): string {
  return showControls(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
