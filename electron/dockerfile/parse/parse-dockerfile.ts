import { platformArguments, readPlatformArguments, type BuildPlatforms } from '../platform-arguments.ts';
import { Expander, readDeclarations } from '../variables.ts';
import type { Directive } from './read-directives.ts';
import { splitCommand, type Flag } from './split-command.ts';
import { splitInstructions, type Heredoc, type InstructionLines } from './split-instructions.ts';
import { splitAtBlanks } from './split-words.ts';

/** Text beyond this is ignored; the builder itself accepts no Dockerfile of more. */
const maxCharacters = 2_000_000;

/** The inputs of a build other than the Dockerfile. */
export interface BuildInputs {
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** Null: the platform arguments are unknown and stay as they are written. */
  readonly platforms?: BuildPlatforms | null;
}

export interface DockerfileInstruction {
  /** Upper case, as written otherwise: also words that are no instruction. */
  readonly keyword: string;
  /** All after the keyword, flags included, continued lines joined; without the bodies of heredocs. */
  readonly argumentsText: string;
  readonly flags: readonly Flag[];
  /** All after the flags. */
  readonly operands: string;
  readonly heredocs: readonly Heredoc[];
  /** First and last line, 1-based. */
  readonly line: number;
  readonly endLine: number;
  /** Null before the first FROM. */
  readonly stageIndex: number | null;
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
  /** Index of the FROM in the instructions of the Dockerfile. */
  readonly instructionIndex: number;
}

export interface ParsedDockerfile {
  readonly directives: readonly Directive[];
  /** The character that continues lines and escapes. */
  readonly escape: string;
  readonly stages: readonly Stage[];
  /** By lower-case name; where a name is used twice, the last. */
  readonly stagesByName: ReadonlyMap<string, Stage>;
  readonly instructions: readonly DockerfileInstruction[];
  /** The values that FROM sees, and an ARG without a value of its own. */
  readonly globalArguments: ReadonlyMap<string, string>;
  readonly buildArgs: Readonly<Record<string, string>>;
}

/**
 * Reads any text as a Dockerfile, as current BuildKit does, in time in proportion to it. Never throws: what is wrong in the
 * text is for the builder to report. ARGs before the first FROM and the platform arguments, with `buildArgs` over both, are
 * expanded in FROM.
 * https://docs.docker.com/reference/dockerfile/
 */
export function parseDockerfile(text: string, inputs: BuildInputs = {}): ParsedDockerfile {
  const { buildArgs = {}, platforms = null } = inputs;
  const split = splitInstructions(text.slice(0, maxCharacters));
  const globals = new GlobalScope(split.escape, buildArgs, platforms);
  const stages: Stage[] = [];
  const stagesByName = new Map<string, Stage>();
  const instructions = split.instructions.map((found, instructionIndex) => {
    const bare = readInstruction(found, split.escape);
    if (bare.keyword === 'FROM') {
      const stage = readStage(bare, { index: stages.length, instructionIndex, globals, stagesByName });
      stages.push(stage);
      if (stage.name !== null) stagesByName.set(stage.name, stage);
    }
    if (bare.keyword === 'ARG' && stages.length === 0) globals.declare(bare.operands);
    return { ...bare, stageIndex: stages.length === 0 ? null : stages.length - 1 };
  });
  const { directives, escape } = split;
  return { directives, escape, stages, stagesByName, instructions, globalArguments: globals.values, buildArgs };
}

type BareInstruction = Omit<DockerfileInstruction, 'stageIndex'>;

/** An instruction without its line's position: that of a line, or what ONBUILD holds back. */
export function readInstruction(found: InstructionLines, escape: string): BareInstruction {
  const { keyword, ...parts } = splitCommand(found.text, escape);
  const { heredocs, line, endLine } = found;
  return { keyword: keyword.toUpperCase(), ...parts, heredocs, line, endLine };
}

interface StagePosition {
  readonly index: number;
  readonly instructionIndex: number;
  readonly globals: GlobalScope;
  readonly stagesByName: ReadonlyMap<string, Stage>;
}

function readStage(from: BareInstruction, { index, instructionIndex, globals, stagesByName }: StagePosition): Stage {
  const words = splitAtBlanks(from.operands);
  const base = globals.expand(words[0] ?? '');
  const writtenName = words[1]?.toUpperCase() === 'AS' ? (words[2] ?? null) : null;
  return {
    index,
    name: writtenName?.toLowerCase() ?? null,
    writtenName,
    base,
    baseStageIndex: stagesByName.get(base.toLowerCase())?.index ?? null,
    line: from.line,
    instructionIndex
  };
}

/** What is declared before the first FROM. */
class GlobalScope {
  readonly values: Map<string, string>;
  readonly #expander: Expander;
  readonly #escape: string;
  readonly #buildArgs: Readonly<Record<string, string>>;

  constructor(escape: string, buildArgs: Readonly<Record<string, string>>, platforms: BuildPlatforms | null) {
    this.#escape = escape;
    this.#expander = new Expander(escape);
    this.#buildArgs = buildArgs;
    this.values = new Map(readPlatformArguments(platforms));
    for (const name of platformArguments) {
      const given = this.#given(name);
      if (given !== undefined) this.values.set(name, given);
    }
  }

  expand(text: string): string {
    const unset = (name: string, written: string): string | null => (platformArguments.has(name) ? written : null);
    return this.#expander.expand(text, (name) => this.values.get(name), { unset });
  }

  declare(operands: string): void {
    for (const { name, value } of readDeclarations('ARG', operands, this.#escape)) {
      const resolved = this.#given(name) ?? (value === null ? undefined : this.expand(value));
      if (resolved !== undefined) this.values.set(name, resolved);
    }
  }

  #given(name: string): string | undefined {
    return Object.hasOwn(this.#buildArgs, name) ? this.#buildArgs[name] : undefined;
  }
}
