import { StringDecoder } from 'node:string_decoder';
import type { BuildEvent, BuildStep } from '#contract/schema/build.ts';
import type { BuildFrame } from './build-error.ts';
import { StepLocator, type BuildKitStepName } from './locate-step.ts';
import type { StepBoard } from './step-board.ts';
import type { Trace } from './decode-trace.ts';
import { toFinding } from './to-finding.ts';

type Vertex = Trace['vertexes'][number];

/** Makes steps, logs and findings of BuildKit's traces. One a build; `end` emits output that is still buffered. */
export class BuildKitSteps {
  readonly #decoders = new Map<string, StringDecoder>();
  readonly #counted = new Map<string, Map<string, { current: number; total: number }>>();
  readonly #board: StepBoard;
  readonly #frame: BuildFrame;
  readonly #emit: (event: BuildEvent) => void;
  readonly #locator: StepLocator;

  constructor(board: StepBoard, frame: BuildFrame, emit: (event: BuildEvent) => void) {
    this.#board = board;
    this.#frame = frame;
    this.#emit = emit;
    this.#locator = new StepLocator(frame.dockerfile);
  }

  handle(trace: Trace): void {
    for (const { name } of trace.vertexes) {
      const step = readStepName(name);
      if (step !== null) this.#locator.note(step);
    }
    for (const vertex of sortSteps(trace.vertexes)) this.#handleVertex(vertex);
    for (const status of trace.statuses) this.#handleStatus(status);
    for (const { vertex, msg } of trace.logs) this.#board.log(vertex, this.#decoder(vertex).write(Buffer.from(msg)));
    for (const warning of trace.warnings) {
      this.#emit({ kind: 'finding', finding: toFinding(warning, this.#frame.dockerfilePath) });
    }
  }

  end(): void {
    for (const [vertex, decoder] of this.#decoders) this.#board.log(vertex, decoder.end());
  }

  #handleVertex(vertex: Vertex): void {
    const known = this.#board.get(vertex.digest);
    this.#board.change(vertex.digest, {
      ...(known === undefined || known.name === '' ? this.#describe(vertex) : {}),
      ...mergeTimes(known, vertex)
    });
  }

  #describe({ name, inputs }: Vertex): Pick<BuildStep, 'name' | 'instruction' | 'stage' | 'line'> {
    const step = readStepName(name);
    if (step === null) return { name, instruction: false, stage: null, line: null };
    const { stage, text } = step;
    const part = readPart(text, inputs);
    if (part !== null) {
      const line = this.#locator.locateBuildKit({ ...step, text: part });
      return { name, instruction: false, stage: null, line };
    }
    return { name: text, instruction: true, stage, line: this.#locator.locateBuildKit(step) };
  }

  /** Pulls count the bytes of each blob, and transfers of the context their bytes without a total. */
  #handleStatus({ ID, vertex, current, total }: Trace['statuses'][number]): void {
    if (this.#board.get(vertex) === undefined || (total <= 0 && current <= 0)) return;
    const counted = this.#counted.get(vertex) ?? new Map<string, { current: number; total: number }>();
    this.#counted.set(vertex, counted);
    counted.set(ID, { current, total });
    let currentBytes = 0;
    let totalBytes: number | null = 0;
    for (const each of counted.values()) {
      currentBytes += each.current;
      totalBytes = totalBytes === null || each.total <= 0 ? null : totalBytes + Math.max(each.current, each.total);
    }
    this.#board.change(vertex, { progress: { currentBytes, totalBytes } });
  }

  #decoder(vertex: string): StringDecoder {
    const known = this.#decoders.get(vertex);
    if (known !== undefined) return known;
    const decoder = new StringDecoder('utf8');
    this.#decoders.set(vertex, decoder);
    return decoder;
  }
}

/**
 * BuildKit names the steps of instructions "[linux/amd64 build  3/12] RUN make". The platform is left out for a single one,
 * the stage where there is one only, and the number is padded to the width of the total.
 */
export function readStepName(name: string): BuildKitStepName | null {
  const match = /^\[(?:[^\s/\]]+\/\S+ +)?(?:([^\s/\]]+) +)? *(\d+)\/\d+\] (.*)$/s.exec(name);
  if (match === null) return null;
  const [, stage = null, number, text = ''] = match;
  return { stage, number: Number(number), text };
}

/** Steps of one stage in the order of their numbers, where BuildKit has them in any; all else as it comes. */
function sortSteps(vertexes: readonly Vertex[]): Vertex[] {
  const named = vertexes.map((vertex, index) => ({ vertex, index, step: readStepName(vertex.name) }));
  const byStage = new Map<string | null, typeof named>();
  for (const each of named) {
    if (each.step === null) continue;
    const ofStage = byStage.get(each.step.stage) ?? [];
    byStage.set(each.step.stage, ofStage);
    ofStage.push(each);
  }
  const sorted = [...vertexes];
  for (const ofStage of byStage.values()) {
    const inOrder = [...ofStage].sort((a, b) => (a.step?.number ?? 0) - (b.step?.number ?? 0));
    inOrder.forEach(({ vertex }, position) => {
      const index = ofStage[position]?.index;
      if (index !== undefined) sorted[index] = vertex;
    });
  }
  return sorted;
}

/**
 * The instruction that a vertex is only a part of: the download of an ADD, and the linking of what COPY --link copied, which
 * has a vertex of the same number before it. Null for a complete instruction.
 */
function readPart(text: string, inputs: readonly string[]): string | null {
  if (text.startsWith('LINK ')) return text.slice('LINK '.length);
  return /^ADD\s/i.test(text) && inputs.length === 0 ? text : null;
}

/**
 * One vertex is told many times: the start alone, the end, and sometimes a second start and end, the last of them cached.
 * Some engines stamp an end a few milliseconds before its start.
 */
function mergeTimes(
  known: BuildStep | undefined,
  vertex: Vertex
): Pick<BuildStep, 'status' | 'startedAt' | 'completedAt' | 'error'> {
  const startedAt = vertex.started ?? known?.startedAt ?? null;
  const again = vertex.started !== null && known?.completedAt != null && vertex.started > known.completedAt;
  const ended = vertex.completed ?? (again ? null : (known?.completedAt ?? null));
  const completedAt = ended === null || startedAt === null ? ended : Math.max(ended, startedAt);
  const error = vertex.error === '' ? (known?.error ?? null) : vertex.error;
  return {
    status: statusOf({ error, startedAt, completedAt, cached: vertex.cached }, known),
    startedAt,
    completedAt,
    error
  };
}

function statusOf(
  now: Pick<BuildStep, 'error' | 'startedAt' | 'completedAt'> & { cached: boolean },
  known: BuildStep | undefined
): BuildStep['status'] {
  // A step is also given up because another one failed: its error then is only that its context ended.
  if (now.error !== null) return /context canceled|context cancelled/i.test(now.error) ? 'cancelled' : 'failed';
  if (now.completedAt !== null) return now.cached || known?.status === 'cached' ? 'cached' : 'done';
  return now.startedAt === null ? 'waiting' : 'running';
}
