/** An instruction on one line: continuations are joined by a blank. */
export function toOneLine(instruction: string): string {
  return instruction.replace(/[ \t]*\\?\r?\n\s*/g, ' ').trim();
}
