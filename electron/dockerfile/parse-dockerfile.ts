import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { expandVariables, unquote } from './expand-variables.ts';
import { joinLines } from './join-lines.ts';

/** Text beyond this is not looked at; the builder itself takes no Dockerfile of more. */
const textLimitCharacters = 2_000_000;

export interface Directive {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

export interface Flag {
  readonly name: string;
  readonly value: string | null;
}

export interface DockerfileInstruction {
  /** Upper case, as written otherwise: also words that are no instruction. */
  readonly keyword: string;
  /** All after the keyword, flags included, continued lines joined; without the bodies of heredocs. */
  readonly argumentsText: string;
  readonly flags: readonly Flag[];
  /** First and last line, 1-based. */
  readonly line: number;
  readonly endLine: number;
  /** Null before the first FROM. */
  readonly stageIndex: number | null;
  readonly heredoc: boolean;
}

export interface Stage {
  readonly index: number;
  /** As written after AS, in lower case, since that is how builders compare it. */
  readonly name: string | null;
  /** The reference after FROM, variables expanded. */
  readonly base: string;
  /** The earlier stage that `base` names. */
  readonly baseStageIndex: number | null;
  readonly line: number;
}

export interface ParsedDockerfile {
  readonly directives: readonly Directive[];
  readonly stages: readonly Stage[];
  readonly instructions: readonly DockerfileInstruction[];
}

/**
 * Reads any text as a Dockerfile; what is wrong in it is left to the builder to say, so nothing throws. ARGs before the
 * first FROM, with `buildArgs` over their defaults, are expanded in FROM.
 * https://docs.docker.com/reference/dockerfile/
 */
export function parseDockerfile(text: string, buildArgs: Readonly<Record<string, string>> = {}): ParsedDockerfile {
  const bounded = text.slice(0, textLimitCharacters).replace(/\r\n?/g, '\n');
  const dockerfile = readDockerfile(bounded);
  if (dockerfile === null) return { directives: [], stages: [], instructions: [] };

  const lines = bounded.split('\n');
  const escape = dockerfile.getEscapeCharacter();
  const stages: Stage[] = [];
  const globalArguments = new Map<string, string>();
  const instructions = dockerfile.getInstructions().map((found) => {
    const bare = readInstruction(found, lines, escape);
    if (bare.keyword === 'FROM') stages.push(readStage(bare, stages, globalArguments));
    if (bare.keyword === 'ARG' && stages.length === 0) declareArgument(bare.argumentsText, globalArguments, buildArgs);
    return { ...bare, stageIndex: stages.length === 0 ? null : stages.length - 1 };
  });
  const directives = dockerfile.getDirectives().map((directive) => ({
    name: directive.getName().toLowerCase(),
    value: directive.getValue(),
    line: directive.getRange().start.line + 1
  }));
  return { directives, stages, instructions };
}

function readDockerfile(text: string): ReturnType<typeof DockerfileParser.parse> | null {
  try {
    return DockerfileParser.parse(text);
  } catch {
    return null;
  }
}

type BareInstruction = Omit<DockerfileInstruction, 'stageIndex'>;

function readInstruction(found: Instruction, lines: readonly string[], escape: string): BareInstruction {
  const { start, end } = found.getRange();
  const written = joinLines(lines.slice(start.line, end.line + 1), escape).trim();
  const argumentsText = written.replace(/^\S+\s*/, '');
  return {
    keyword: found.getKeyword().toUpperCase(),
    argumentsText,
    flags: readFlags(argumentsText),
    line: start.line + 1,
    endLine: end.line + 1,
    heredoc: /<<-?\s*["']?[A-Za-z_]/.test(argumentsText) && end.line > start.line
  };
}

function readFlags(argumentsText: string): Flag[] {
  const flags: Flag[] = [];
  for (const word of argumentsText.split(/\s+/)) {
    const flag = /^--([a-z][a-z-]*)(?:=(.*))?$/is.exec(word);
    if (flag?.[1] === undefined) break;
    flags.push({ name: flag[1].toLowerCase(), value: flag[2] ?? null });
  }
  return flags;
}

function readStage(
  from: BareInstruction,
  stages: readonly Stage[],
  globalArguments: ReadonlyMap<string, string>
): Stage {
  const words = from.argumentsText.split(/\s+/).slice(from.flags.length);
  const base = unquote(expandVariables(words[0] ?? '', (name) => globalArguments.get(name)));
  const name = words[1]?.toUpperCase() === 'AS' ? (words[2]?.toLowerCase() ?? null) : null;
  const baseStage = stages.findLast((stage) => stage.name === base.toLowerCase());
  return { index: stages.length, name, base, baseStageIndex: baseStage?.index ?? null, line: from.line };
}

function declareArgument(
  text: string,
  globalArguments: Map<string, string>,
  buildArgs: Readonly<Record<string, string>>
): void {
  for (const declaration of text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []) {
    const equals = declaration.indexOf('=');
    const name = equals < 0 ? declaration : declaration.slice(0, equals);
    const given = Object.hasOwn(buildArgs, name) ? buildArgs[name] : undefined;
    const fallback = equals < 0 ? undefined : unquote(declaration.slice(equals + 1));
    const value =
      given ?? (fallback === undefined ? undefined : expandVariables(fallback, (of) => globalArguments.get(of)));
    if (value !== undefined) globalArguments.set(name, value);
  }
}
