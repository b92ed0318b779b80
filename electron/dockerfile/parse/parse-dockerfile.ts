import { expandVariables, readDeclarations, unquote } from '../variables.ts';
import { joinLines } from './join-lines.ts';
import { readSyntax, type Directive, type InstructionLines } from './read-syntax.ts';

/** Text beyond this is ignored; the builder itself accepts no Dockerfile of more. */
const maxCharacters = 2_000_000;

export interface Flag {
  /** Lower case. */
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
  /** The name after AS in lower case, since BuildKit compares names in any case; null for an unnamed stage. */
  readonly name: string | null;
  /** The same as it is written. */
  readonly writtenName: string | null;
  /** The reference after FROM, variables expanded. */
  readonly base: string;
  /** The earlier stage that `base` names; null when it names an image. */
  readonly baseStageIndex: number | null;
  /** 1-based line of the FROM. */
  readonly line: number;
}

export interface ParsedDockerfile {
  readonly directives: readonly Directive[];
  readonly stages: readonly Stage[];
  readonly instructions: readonly DockerfileInstruction[];
}

/**
 * Reads any text as a Dockerfile. Never throws: what is wrong in the text is for the builder to report. ARGs before the
 * first FROM, with `buildArgs` over their defaults, are expanded in FROM.
 * https://docs.docker.com/reference/dockerfile/
 */
export function parseDockerfile(text: string, buildArgs: Readonly<Record<string, string>> = {}): ParsedDockerfile {
  const bounded = text.slice(0, maxCharacters).replace(/\r\n?/g, '\n');
  const syntax = readSyntax(bounded);
  if (syntax === null) return { directives: [], stages: [], instructions: [] };

  const lines = bounded.split('\n');
  const stages: Stage[] = [];
  const globalArguments = new Map<string, string>();
  const instructions = syntax.instructions.map((found) => {
    const bare = readInstruction(found, lines, syntax.escape);
    if (bare.keyword === 'FROM') stages.push(readStage(bare, stages, globalArguments));
    if (bare.keyword === 'ARG' && stages.length === 0) declareArguments(bare, globalArguments, buildArgs);
    return { ...bare, stageIndex: stages.length === 0 ? null : stages.length - 1 };
  });
  return { directives: syntax.directives, stages, instructions };
}

type BareInstruction = Omit<DockerfileInstruction, 'stageIndex'>;

function readInstruction(found: InstructionLines, lines: readonly string[], escape: string): BareInstruction {
  const { keyword, line, endLine } = found;
  const written = joinLines(lines.slice(line - 1, endLine), escape).trim();
  const argumentsText = written.replace(/^\S+\s*/, '');
  return {
    keyword,
    argumentsText,
    flags: readFlags(argumentsText),
    line,
    endLine,
    heredoc: /<<-?\s*["']?[A-Za-z_]/.test(argumentsText) && endLine > line
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
  const writtenName = words[1]?.toUpperCase() === 'AS' ? (words[2] ?? null) : null;
  const baseStage = stages.findLast((stage) => stage.name === base.toLowerCase());
  return {
    index: stages.length,
    name: writtenName?.toLowerCase() ?? null,
    writtenName,
    base,
    baseStageIndex: baseStage?.index ?? null,
    line: from.line
  };
}

function declareArguments(
  { argumentsText }: BareInstruction,
  globalArguments: Map<string, string>,
  buildArgs: Readonly<Record<string, string>>
): void {
  for (const [name, fallback] of readDeclarations('ARG', argumentsText)) {
    const given = Object.hasOwn(buildArgs, name) ? buildArgs[name] : undefined;
    const value =
      given ?? (fallback === undefined ? undefined : expandVariables(fallback, (of) => globalArguments.get(of)));
    if (value !== undefined) globalArguments.set(name, value);
  }
}
