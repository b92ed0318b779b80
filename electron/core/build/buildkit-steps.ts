import { StringDecoder } from 'node:string_decoder';
import type { BuildEvent, BuildStep } from '#contract/schema/build.ts';
import type { BuildFrame } from './build-error.ts';
import { locateBuildKitStep } from './locate-step.ts';
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

  constructor(board: StepBoard, frame: BuildFrame, emit: (event: BuildEvent) => void) {
    this.#board = board;
    this.#frame = frame;
    this.#emit = emit;
  }

  handle(trace: Trace): void {
    for (const vertex of trace.vertexes) this.#handleVertex(vertex);
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
      ...(known === undefined || known.name === '' ? this.#describe(vertex.name) : {}),
      ...mergeTimes(known, vertex)
    });
  }

  #describe(vertexName: string): Pick<BuildStep, 'name' | 'instruction' | 'stage' | 'line'> {
    const match = /^\[(?:\S+\/\S+ )?(?:(\S+) )?(\d+)\/\d+\] (.*)$/s.exec(vertexName);
    if (match === null) return { name: vertexName, instruction: false, stage: null, line: null };
    const [, stage = null, number, text = ''] = match;
    const { dockerfile, target } = this.#frame;
    const line = locateBuildKitStep(dockerfile, target, { stage, number: Number(number), text });
    return { name: text, instruction: true, stage, line };
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
