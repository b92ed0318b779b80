import { matchesAnyText } from '#dockerfile/any-text.ts';
import { expandStages, type ExpandedInstruction } from '#dockerfile/expand-instructions.ts';
import type { DockerfileInstruction, ParsedDockerfile, Stage } from '#dockerfile/parse/parse-dockerfile.ts';
import { listStageInstructions } from '#dockerfile/stages.ts';

/** A step as BuildKit names it: "[build  3/12] RUN make". */
export interface BuildKitStepName {
  /** The stage's name, "stage-1", or null where the Dockerfile has one stage. */
  readonly stage: string | null;
  /** Which of the stage's steps it is, from 1, and how many there are. */
  readonly number: number;
  readonly total: number;
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
}

interface Candidate {
  readonly line: number;
  readonly keyword: string;
  readonly texts: readonly string[];
  readonly hasHeredoc: boolean;
}

const countedByBuildKit = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

/**
 * Finds the lines of a build's steps: by their text, and where several instructions have the same text, by their numbers.
 * A step whose text is no instruction's has no line.
 */
export class StepLocator {
  readonly #dockerfile: ParsedDockerfile;
  readonly #counted = new Map<number, readonly Candidate[]>();
  readonly #written = new Map<DockerfileInstruction, Candidate>();

  constructor(dockerfile: ParsedDockerfile) {
    this.#dockerfile = dockerfile;
  }

  /** The 1-based line of the instruction that a step of BuildKit runs; null when none is certain. */
  locateBuildKit(name: BuildKitStepName): number | null {
    const stages = this.#stagesNamed(name.stage);
    const lines = stages.flatMap((stage) => this.#locateInStage(stage, name) ?? []);
    return onlyOne(lines);
  }

  /** The same for a step of the classic builders, which name instructions as they are written. */
  locateClassic({ stageNumber, number, text, inStage }: ClassicStepName): number | null {
    const { instructions, stages } = this.#dockerfile;
    const stage = stages[(stageNumber ?? 1) - 1];
    const [from, own] = stage === undefined ? [] : [instructions[stage.instructionIndex], this.#ownOf(stage)];
    const counted = inStage ? [...(from === undefined ? [] : [from]), ...(own ?? [])] : instructions;
    const isNamed = (instruction: DockerfileInstruction): boolean => isStep(text, this.#asWritten(instruction));
    const numbered = counted[number - 1];
    if (numbered !== undefined && isNamed(numbered)) return numbered.line;
    return onlyOne(instructions.filter(isNamed).map(({ line }) => line));
  }

  #locateInStage(stage: Stage, { number, total, text }: BuildKitStepName): number | null {
    const keyword = keywordOf(text);
    // A prefix of BuildKit since 0.17, for what the base image held back.
    if (keyword === 'ONBUILD') return stage.line;
    const pulls = isPulled(stage) ? 1 : 0;
    if (keyword === 'FROM') return pulls === 1 ? stage.line : null;
    const counted = this.#countedOf(stage);
    const triggerCount = Math.max(0, total - pulls - counted.length);
    const isTrigger = number > pulls && number <= pulls + triggerCount;
    const named = counted.flatMap((candidate, index) => (isStep(text, candidate) ? [{ candidate, index }] : []));
    const numbered = named.find(({ index }) => numberOf(counted, index) + pulls + triggerCount === number);
    if (numbered !== undefined) return numbered.candidate.line;
    return isTrigger ? stage.line : onlyOne(named.map(({ candidate }) => candidate.line));
  }

  /** What BuildKit counts in a stage: RUN, COPY, ADD and WORKDIR, those that ONBUILD held back among them. */
  #countedOf(stage: Stage): readonly Candidate[] {
    const known = this.#counted.get(stage.index);
    if (known !== undefined) return known;
    const counted = expandStages(this.#dockerfile, stage)
      .filter(({ keyword, stageIndex }) => stageIndex === stage.index && countedByBuildKit.has(keyword))
      .map(toCandidate);
    this.#counted.set(stage.index, counted);
    return counted;
  }

  #ownOf(stage: Stage): readonly DockerfileInstruction[] {
    return listStageInstructions(this.#dockerfile, stage);
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
  return { line, keyword, texts: [...texts], hasHeredoc: heredocs.length > 0 };
}

/** WORKDIR / is counted in the total, but gets no number. */
function numberOf(counted: readonly Candidate[], index: number): number {
  const unnumbered = counted.slice(0, index).filter(({ texts }) => texts.includes('WORKDIR /'));
  return index + 1 - unnumbered.length;
}

function isStep(text: string, { keyword, texts, hasHeredoc }: Candidate): boolean {
  if (keywordOf(text) !== keyword) return false;
  const step = plain(text);
  return texts.some(
    (candidate) =>
      matchesAnyText(step, candidate) ||
      // BuildKit adds the first line of a heredoc.
      (hasHeredoc && step.endsWith(')') && step.startsWith(`${candidate} (`))
  );
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
