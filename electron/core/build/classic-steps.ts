import type { DockerfileInstruction, ParsedDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';
import { StepLocator } from './locate-step.ts';
import type { StepBoard } from './step-board.ts';

interface Heading {
  readonly stageNumber: number | null;
  readonly number: number;
  readonly total: number;
  readonly text: string;
  readonly podman: boolean;
}

/** Makes steps and logs of the text that the classic builders of Docker ("Step 1/2 : ") and Podman ("STEP 1/2: ") write. */
export class ClassicSteps {
  readonly #board: StepBoard;
  readonly #dockerfile: ParsedDockerfile;
  readonly #locator: StepLocator;
  readonly #pulled = new Map<string, { current: number; total: number }>();
  #current: (Heading & { key: string }) | null = null;
  /** Steps of the stage under way that ONBUILD of its base image brought. */
  #triggerCount = 0;

  constructor(board: StepBoard, dockerfile: ParsedDockerfile) {
    this.#board = board;
    this.#dockerfile = dockerfile;
    this.#locator = new StepLocator(dockerfile);
  }

  /** Text of one event of the stream; the builders' own sentences are whole events, output of RUN is not. */
  handle(text: string): void {
    const heading = readHeading(text);
    if (heading !== null && this.#follows(heading)) this.#start(heading);
    else this.#handleOutput(text);
  }

  /** A blob of the base image on its way, in bytes. */
  handlePull(blob: string, current: number, total: number): void {
    if (this.#current === null || total <= 0) return;
    this.#pulled.set(blob, { current: Math.min(current, total), total });
    const blobs = [...this.#pulled.values()];
    this.#board.change(this.#current.key, {
      progress: {
        currentBytes: blobs.reduce((sum, each) => sum + each.current, 0),
        totalBytes: blobs.reduce((sum, each) => sum + each.total, 0)
      }
    });
  }

  /** The builder says that the step under way failed. */
  fail(error: string): void {
    if (this.#current !== null) {
      this.#board.change(this.#current.key, { status: 'failed', error, completedAt: Date.now() });
    }
    this.#current = null;
  }

  /** The build is done. */
  finish(): void {
    if (this.#current !== null) {
      const cached = this.#board.get(this.#current.key)?.status === 'cached';
      this.#board.change(this.#current.key, { status: cached ? 'cached' : 'done', completedAt: Date.now() });
    }
    this.#current = null;
  }

  /** Output that only looks like a heading does not count on from the last one. */
  #follows(heading: Heading): boolean {
    const last = this.#current;
    if (last === null) return heading.number === 1;
    const isCounted = heading.total === last.total || this.#bringsTriggers(last, heading);
    const next = heading.number === last.number + 1 && isCounted;
    return next || (heading.podman && heading.number === 1 && heading.stageNumber !== last.stageNumber);
  }

  /** Podman learns from the base image what ONBUILD has it run after FROM, and counts these steps from then on. */
  #bringsTriggers(last: Heading, heading: Heading): boolean {
    return heading.podman && last.number === 1 && heading.total > last.total;
  }

  #start(heading: Heading): void {
    const last = this.#current;
    if (heading.number === 1) this.#triggerCount = 0;
    else if (last !== null && this.#bringsTriggers(last, heading)) this.#triggerCount = heading.total - last.total;
    this.finish();
    this.#pulled.clear();
    const key = `${heading.stageNumber ?? 0}/${heading.number}`;
    const line = this.#locator.locateClassic({
      ...heading,
      inStage: heading.podman,
      triggerCount: this.#triggerCount
    });
    const instruction = this.#dockerfile.instructions.find((each) => each.line === line);
    this.#board.change(key, {
      name: heading.text,
      instruction: true,
      stage: this.#stageName(instruction),
      line,
      status: 'running',
      startedAt: Date.now()
    });
    this.#current = { ...heading, key };
  }

  #stageName(instruction: DockerfileInstruction | undefined): string | null {
    if (this.#dockerfile.stages.length < 2 || instruction?.stageIndex == null) return null;
    return this.#dockerfile.stages[instruction.stageIndex]?.name ?? `stage-${instruction.stageIndex}`;
  }

  #handleOutput(text: string): void {
    if (this.#current === null) return;
    if (/^ ?-{2,3}> Using cache/.test(text)) this.#board.change(this.#current.key, { status: 'cached' });
    else if (!isBuilderOutput(text)) this.#board.log(this.#current.key, text);
  }
}

function readHeading(text: string): Heading | null {
  const match = /^(?:\[(\d+)\/\d+\] )?(Step|STEP) (\d+)\/(\d+) ?: ([^\n]*)\n?$/.exec(text);
  const [, stageNumber, word, number, total, instruction = ''] = match ?? [];
  if (match === null) return null;
  return {
    stageNumber: stageNumber === undefined ? null : Number(stageNumber),
    number: Number(number),
    total: Number(total),
    text: instruction.trim(),
    podman: word === 'STEP'
  };
}

function isBuilderOutput(text: string): boolean {
  return (
    text === '\n' ||
    /^ ?-{2,3}> (?:Running in )?[0-9a-f]{11,64}\n$/.test(text) ||
    // What ONBUILD of the base image brings runs within the FROM.
    /^# Executing \d+ build triggers?\n?$/.test(text) ||
    /^ ?-{2,3}> Removed intermediate container [0-9a-f]+\n$/.test(text) ||
    /^(?:Removing intermediate container [0-9a-f]+|(?:\[\d+\/\d+\] )?COMMIT(?: \S+)?|[0-9a-f]{64})\n$/.test(text) ||
    /^Successfully (?:built|tagged) \S+\n$/.test(text)
  );
}
