import { DockerfileParser } from 'dockerfile-ast';
import './provide-buffer.ts';

export interface Directive {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

/** Where the text is divided: its directives and the lines of each instruction. */
export interface DockerfileSyntax {
  /** The character that continues a line, a backslash unless a directive changes it. */
  readonly escape: string;
  readonly directives: readonly Directive[];
  readonly instructions: readonly InstructionLines[];
}

export interface InstructionLines {
  /** Upper case. */
  readonly keyword: string;
  /** First and last line, 1-based; the last includes heredocs. */
  readonly line: number;
  readonly endLine: number;
}

/** Divides a text with line feeds into instructions, with dockerfile-ast. Null when that fails on the text. */
export function readSyntax(text: string): DockerfileSyntax | null {
  try {
    const dockerfile = DockerfileParser.parse(text);
    const directives = dockerfile.getDirectives().map((directive) => ({
      name: directive.getName().toLowerCase(),
      value: directive.getValue(),
      line: directive.getRange().start.line + 1
    }));
    const instructions = dockerfile.getInstructions().map((instruction) => {
      const { start, end } = instruction.getRange();
      return { keyword: instruction.getKeyword().toUpperCase(), line: start.line + 1, endLine: end.line + 1 };
    });
    return { escape: dockerfile.getEscapeCharacter(), directives, instructions };
  } catch {
    return null;
  }
}
