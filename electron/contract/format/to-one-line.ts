/** An instruction on one line: continuation lines are joined by a space. */
export function toOneLine(instruction: string): string {
  return instruction.replace(/[ \t]*\\?\r?\n\s*/g, ' ').trim();
}
