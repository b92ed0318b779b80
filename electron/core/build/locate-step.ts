import { anyText, matchesAnyText } from '#dockerfile/any-text.ts';
import { expandStages, type ExpandedInstruction } from '#dockerfile/expand-instructions.ts';
import type { DockerfileInstruction, ParsedDockerfile, Stage } from '#dockerfile/parse/parse-dockerfile.ts';

/** A step as BuildKit names it: "[build  3/12] RUN make". */
export interface BuildKitStepName {
  /** The stage's name, "stage-1", or null where the Dockerfile has one stage. */
  readonly stage: string | null;
  /** Which of the stage's steps it is, from 1. */
  readonly number: number;
  /** "RUN make". */
  readonly text: string;
}

/** A step as the classic builders name it: "Step 3/12 : RUN make". */
export interface ClassicStepName {
  /** Podman numbers the stages, from 1; null where the builder does not. */
  readonly stageNumber: number | null;
  readonly number: number;
  readonly text: string;
  /** Podman counts within each stage, Docker through the file. */
  readonly inStage: boolean;
  /** How many of the stage's first steps after FROM come from ONBUILD of its base image. */
  readonly triggerCount: number;
}

/** An instruction in the forms in which a builder can name its step. */
interface Candidate {
  readonly line: number;
  readonly keyword: string;
  readonly texts: ReadonlySet<string>;
  /** Those of them with values that only the base image knows. */
  readonly patterns: readonly string[];
  readonly hasHeredoc: boolean;
}

/** A candidate with its number among its stage's own steps. */
interface Counted extends Candidate {
  readonly number: number;
}

const countedByBuildKit = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

/**
 * Finds the lines of a build's steps: by their text, and where several instructions have the same text, by their numbers.
 * A step whose text is no instruction's has no line.
 */
export class StepLocator {
  readonly #dockerfile: ParsedDockerfile;
  readonly #counted = new Map<number, readonly Counted[]>();
  /** The highest number of a step, by stage as BuildKit names it. */
  readonly #lastNumbers = new Map<string | null, number>();
  readonly #written = new Map<DockerfileInstruction, Candidate>();

  constructor(dockerfile: ParsedDockerfile) {
    this.#dockerfile = dockerfile;
  }

  /**
   * Registers a step, before any is located: a stage's last number shows how many steps ONBUILD of the base image has
   * put before its own. The total that BuildKit writes does not: it may be too low, or count what gets no number.
   */
  note({ stage, number }: BuildKitStepName): void {
    this.#lastNumbers.set(stage, Math.max(number, this.#lastNumbers.get(stage) ?? 0));
  }

  /** The 1-based line of the instruction that a step of BuildKit runs; null when none is certain. */
  locateBuildKit(name: BuildKitStepName): number | null {
    const stages = this.#stagesNamed(name.stage);
    const lines = stages.flatMap((stage) => this.#locateInStage(stage, name) ?? []);
    return onlyOne(lines);
  }

  /** The same for a step of the classic builders, which name instructions as written, except FROM. */
  locateClassic({ stageNumber, number, text, inStage, triggerCount }: ClassicStepName): number | null {
    const { instructions, stages } = this.#dockerfile;
    const keyword = keywordOf(text);
    const step = plain(text);
    const isNamed = (instruction: DockerfileInstruction | undefined): boolean =>
      instruction?.keyword === keyword && isStep(step, this.#asWritten(instruction));
    const stage = inStage ? stages[(stageNumber ?? 1) - 1] : undefined;
    // Podman names the base of a stage as it found it: expanded, or the id of another stage's image.
    if (stage !== undefined && keyword === 'FROM') return number === 1 ? stage.line : null;
    if (stage !== undefined && number <= 1 + triggerCount) return stage.line;
    const numbered = instructions[(stage?.instructionIndex ?? 0) + number - 1 - triggerCount];
    if (numbered !== undefined && isNamed(numbered)) return numbered.line;
    return onlyOne(instructions.filter(isNamed).map(({ line }) => line));
  }

  #locateInStage(stage: Stage, { stage: stageName, number, text }: BuildKitStepName): number | null {
    const keyword = keywordOf(text);
    // A prefix of BuildKit since 0.17, for what the base image held back.
    if (keyword === 'ONBUILD') return stage.line;
    const pulls = isPulled(stage) ? 1 : 0;
    if (keyword === 'FROM') return pulls === 1 ? stage.line : null;
    const counted = this.#countedOf(stage);
    const lastOwn = pulls + (counted.at(-1)?.number ?? 0);
    const triggerCount = Math.max(0, (this.#lastNumbers.get(stageName) ?? 0) - lastOwn);
    const isTrigger = number > pulls && number <= pulls + triggerCount;
    const step = plain(text);
    const named = counted.filter((candidate) => candidate.keyword === keyword && isStep(step, candidate));
    const numbered = named.find((candidate) => candidate.number + pulls + triggerCount === number);
    if (numbered !== undefined) return numbered.line;
    return isTrigger ? stage.line : onlyOne(named.map(({ line }) => line));
  }

  /** What BuildKit numbers in a stage: RUN, COPY, ADD and WORKDIR except "/", including those of ONBUILD. */
  #countedOf(stage: Stage): readonly Counted[] {
    const known = this.#counted.get(stage.index);
    if (known !== undefined) return known;
    let number = 0;
    const counted = expandStages(this.#dockerfile, stage)
      .filter(({ keyword, stageIndex }) => stageIndex === stage.index && countedByBuildKit.has(keyword))
      .map(toCandidate)
      .map((candidate) => ({ ...candidate, number: candidate.texts.has('WORKDIR /') ? number : ++number }));
    this.#counted.set(stage.index, counted);
    return counted;
  }

  #asWritten(instruction: DockerfileInstruction): Candidate {
    const known = this.#written.get(instruction);
    if (known !== undefined) return known;
    const { argumentsText } = instruction;
    const candidate = toCandidate({ ...instruction, written: argumentsText, expanded: argumentsText });
    this.#written.set(instruction, candidate);
    return candidate;
  }

  #stagesNamed(name: string | null): readonly Stage[] {
    const { stages } = this.#dockerfile;
    if (name === null) return stages;
    const named = stages.filter((stage) => stage.name === name.toLowerCase());
    const numbered = stages[Number(/^stage-(\d+)$/.exec(name)?.[1] ?? NaN)];
    return named.length > 0 || numbered === undefined ? named : [numbered];
  }
}

function toCandidate(
  instruction: Pick<ExpandedInstruction, 'keyword' | 'line' | 'written' | 'expanded' | 'heredocs'>
): Candidate {
  const { keyword, line, written, expanded, heredocs } = instruction;
  const texts = new Set([plain(`${keyword} ${written}`), plain(`${keyword} ${expanded}`)]);
  const patterns = [...texts].filter((text) => text.includes(anyText));
  return { line, keyword, texts, patterns, hasHeredoc: heredocs.length > 0 };
}

function isStep(step: string, { texts, patterns, hasHeredoc }: Candidate): boolean {
  if (texts.has(step) || patterns.some((pattern) => matchesAnyText(step, pattern))) return true;
  // BuildKit adds the first line of a heredoc.
  return hasHeredoc && step.endsWith(')') && [...texts].some((text) => step.startsWith(`${text} (`));
}

function isPulled(stage: Stage): boolean {
  return stage.baseStageIndex === null && stage.base !== 'scratch';
}

function keywordOf(text: string): string {
  return /^\S*/.exec(text)?.[0].toUpperCase() ?? '';
}

/** Without what builders change in a text: quotes, escapes, and spaces beyond one. */
function plain(text: string): string {
  return text
    .replace(/["'\\`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function onlyOne(lines: readonly number[]): number | null {
  const different = new Set(lines);
  return different.size === 1 ? (lines[0] ?? null) : null;
}
