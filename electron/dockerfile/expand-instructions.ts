import type { DockerfileInstruction, ParsedDockerfile } from './parse/parse-dockerfile.ts';
import { findStage, listTargetInstructions } from './stages.ts';
import { expandVariables, readDeclarations } from './variables.ts';

/** An instruction with the values that ARG and ENV have at its line. */
export interface ExpandedInstruction {
  /** Upper case. */
  readonly keyword: string;
  /** 1-based. */
  readonly line: number;
  /** Its arguments as written, and with variables expanded: builders write either into the history. */
  readonly written: string;
  readonly expanded: string;
  /** The stage or image that COPY --from names; null for none. */
  readonly copiedFrom: string | null;
}

/** The instructions that made the target's image on top of its base image, oldest first. */
export function expandInstructions(
  dockerfile: ParsedDockerfile,
  target: string | null,
  buildArgs: Readonly<Record<string, string>>
): ExpandedInstruction[] {
  const values = new Map<string, string>();
  const expand = (text: string): string => expandVariables(text, (name) => values.get(name));
  return listTargetInstructions(dockerfile, target).map((instruction) => {
    const { keyword, line, argumentsText } = instruction;
    const expanded = expand(argumentsText);
    if (keyword === 'ARG' || keyword === 'ENV') {
      for (const [name, value] of readDeclarations(keyword, expanded)) {
        const given = keyword === 'ARG' && Object.hasOwn(buildArgs, name) ? buildArgs[name] : undefined;
        const resolved = given ?? value ?? values.get(name);
        if (resolved !== undefined) values.set(name, resolved);
      }
    }
    return { keyword, line, written: argumentsText, expanded, copiedFrom: findSource(dockerfile, instruction) };
  });
}

function findSource(dockerfile: ParsedDockerfile, { keyword, flags }: DockerfileInstruction): string | null {
  const from = keyword === 'COPY' ? flags.find(({ name }) => name === 'from')?.value : null;
  if (from === undefined || from === null || from === '') return null;
  const stage = findStage(dockerfile, from);
  return stage?.name ?? from;
}
