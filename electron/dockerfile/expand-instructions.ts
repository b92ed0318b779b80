import { anyText } from './any-text.ts';
import {
  readInstruction,
  type DockerfileInstruction,
  type ParsedDockerfile,
  type Stage
} from './parse/parse-dockerfile.ts';
import { findStage, findStageChain, listStageInstructions } from './stages.ts';
import { Expander, readDeclarations } from './variables.ts';

/** An instruction with the values that ARG and ENV have at its line. */
export interface ExpandedInstruction extends Pick<DockerfileInstruction, 'flags' | 'operands' | 'heredocs'> {
  /** Upper case. */
  readonly keyword: string;
  /** 1-based; that of the FROM for what ONBUILD in the stage below held back. */
  readonly line: number;
  readonly stageIndex: number;
  /** Held back by ONBUILD of the stage below, and run after FROM. */
  readonly isTrigger: boolean;
  /**
   * Its arguments as written, and with variables expanded: builders write either into the history. Variables that only the
   * base image can have set are `anyText`.
   */
  readonly written: string;
  readonly expanded: string;
  /** The stage or image that COPY --from names; null for none. */
  readonly copiedFrom: string | null;
}

/** The instructions that made the target's image on top of its base image, oldest first, without FROM. */
export function expandInstructions(dockerfile: ParsedDockerfile, target: string | null): ExpandedInstruction[] {
  return expandStages(dockerfile, findStage(dockerfile, target));
}

/** The same for a stage, with those of the stages that it is built from. */
export function expandStages(dockerfile: ParsedDockerfile, stage: Stage | null): ExpandedInstruction[] {
  const chain = findStageChain(dockerfile, stage);
  const scope = new StageScope(dockerfile, chain[0]?.base !== 'scratch');
  return chain.flatMap((each, at) => {
    const below = chain[at - 1];
    scope.beginStage();
    const triggers = below === undefined ? [] : listTriggers(dockerfile, below, each.line);
    return [
      ...triggers.map((trigger) => scope.expand(trigger, each.index, true)),
      ...listStageInstructions(dockerfile, each).map((own) => scope.expand(own, each.index, false))
    ];
  });
}

type Unplaced = Omit<DockerfileInstruction, 'stageIndex'>;

function listTriggers(dockerfile: ParsedDockerfile, stage: Stage, line: number): Unplaced[] {
  return listStageInstructions(dockerfile, stage)
    .filter(({ keyword }) => keyword === 'ONBUILD')
    .map(({ operands, heredocs }) =>
      readInstruction({ text: operands, heredocs, line, endLine: line }, dockerfile.escape)
    );
}

/** The values at a line of a stage. */
class StageScope {
  readonly #dockerfile: ParsedDockerfile;
  readonly #expander: Expander;
  /** The base image may have set any variable. */
  readonly #isBaseUnknown: boolean;
  readonly #values = new Map<string, string>();
  readonly #environment = new Map<string, string>();
  /** Names that ARG has declared, and those of them that ENV has set before. */
  readonly #declared = new Set<string>();
  readonly #overridden = new Set<string>();

  constructor(dockerfile: ParsedDockerfile, isBaseUnknown: boolean) {
    this.#dockerfile = dockerfile;
    this.#expander = new Expander(dockerfile.escape);
    this.#isBaseUnknown = isBaseUnknown;
  }

  /** A stage inherits everything from the one below, where ENV now counts for more than an ARG of the same name. */
  beginStage(): void {
    for (const name of this.#overridden) this.#values.set(name, this.#environment.get(name) ?? '');
    this.#overridden.clear();
  }

  expand(instruction: Unplaced, stageIndex: number, isTrigger: boolean): ExpandedInstruction {
    const { keyword, line, argumentsText, flags, operands, heredocs } = instruction;
    const written = keyword === 'ONBUILD' ? argumentsText : this.#expandText(keyword, argumentsText);
    const expanded = keyword === 'ARG' ? this.#declareArguments(operands) : written;
    if (keyword === 'ENV') this.#declareEnvironment(operands);
    const copiedFrom = findSource(this.#dockerfile, instruction);
    return {
      keyword,
      line,
      stageIndex,
      isTrigger,
      written: argumentsText,
      expanded,
      flags,
      operands,
      heredocs,
      copiedFrom
    };
  }

  /** Gives the names with their values, as builders write them into the history. */
  #declareArguments(operands: string): string {
    const { buildArgs, globalArguments, escape } = this.#dockerfile;
    const declared = readDeclarations('ARG', operands, escape).map(({ name, value }) => {
      this.#declared.add(name);
      const given = Object.hasOwn(buildArgs, name) ? buildArgs[name] : undefined;
      const resolved = given ?? (value === null ? globalArguments.get(name) : this.#expandValue(value));
      if (resolved === undefined) return name;
      this.#values.set(name, resolved);
      if (this.#environment.has(name)) this.#overridden.add(name);
      return `${name}=${resolved}`;
    });
    return declared.join(' ');
  }

  /** The values of one ENV do not see each other. */
  #declareEnvironment(operands: string): void {
    const declared = readDeclarations('ENV', operands, this.#dockerfile.escape).map(
      ({ name, value }) => [this.#expandValue(name), this.#expandValue(value ?? '')] as const
    );
    for (const [name, value] of declared) {
      this.#values.set(name, value);
      this.#environment.set(name, value);
    }
  }

  #expandValue(text: string): string {
    return this.#expander.expand(text, (name) => this.#values.get(name), {
      unset: (name) => (this.#isUnknown(name) ? anyText : null)
    });
  }

  /** A RUN is expanded by its shell, and the builder shows only what it knows. */
  #expandText(keyword: string, text: string): string {
    const unset = (name: string, written: string): string | null => {
      if (this.#isUnknown(name)) return anyText;
      return keyword === 'RUN' ? written : null;
    };
    return this.#expander.expand(text, (name) => this.#values.get(name), { keepQuotes: true, unset });
  }

  #isUnknown(name: string): boolean {
    return this.#isBaseUnknown && !this.#declared.has(name);
  }
}

function findSource(dockerfile: ParsedDockerfile, { keyword, flags }: Unplaced): string | null {
  const from = keyword === 'COPY' ? flags.find(({ name }) => name === 'from')?.value : null;
  if (from === undefined || from === null || from === '') return null;
  const stage = findStage(dockerfile, from);
  return stage?.name ?? from;
}
