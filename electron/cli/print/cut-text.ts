/** Cuts text to a number of columns, marked with "…". Wide characters of East Asia count as two columns. */
export function cutText(text: string, columns: number): string {
  const characters = Array.from(text);
  if (characters.length * 2 <= columns || countColumns(characters) <= columns) return text;
  let used = 1;
  let kept = 0;
  for (; kept < characters.length; kept += 1) {
    used += columnsOf(characters[kept] ?? '');
    if (used > columns) break;
  }
  return `${characters.slice(0, kept).join('')}…`;
}

const countColumns = (characters: readonly string[]): number =>
  characters.reduce((sum, character) => sum + columnsOf(character), 0);

function columnsOf(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  return /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\uff00-\uff60]/u.test(
    character
  )
    ? 2
    : 1;
}
