import { z } from 'zod';
import type { BuildEvent } from '#contract/schema/build.ts';
import type { BuildFailure, BuildFrame } from './build-error.ts';
import { BuildKitSteps } from './buildkit-steps.ts';
import { ClassicSteps } from './classic-steps.ts';
import type { StepBoard } from './step-board.ts';
import { decodeTrace } from './decode-trace.ts';

const lineSchema = z.object({
  id: z.string().optional().catch(undefined),
  stream: z.string().optional().catch(undefined),
  aux: z
    .union([z.string(), z.object({ ID: z.string().max(200).optional() })])
    .optional()
    .catch(undefined),
  progressDetail: z
    .object({ current: z.number().default(0), total: z.number().default(0) })
    .optional()
    .catch(undefined),
  error: z.string().optional().catch(undefined),
  errorDetail: z
    .object({ code: z.number().int().optional(), message: z.string().optional() })
    .optional()
    .catch(undefined)
});

const lastLineCount = 20;

/** Reads the lines of a build's answer, whichever builder writes them. */
export class BuildReader {
  /** The image that came of it. */
  imageId: string | null = null;
  readonly #board: StepBoard;
  readonly #emit: (event: BuildEvent) => void;
  readonly #buildkit: BuildKitSteps;
  readonly #classic: ClassicSteps;
  #error: { text: string; exitCode: number | null } | null = null;

  constructor(board: StepBoard, frame: BuildFrame, emit: (event: BuildEvent) => void) {
    this.#board = board;
    this.#emit = emit;
    this.#buildkit = new BuildKitSteps(board, frame, emit);
    this.#classic = new ClassicSteps(board, frame.dockerfile);
  }

  /** One value of the answer's NDJSON; unknown kinds are passed over. */
  handle(value: unknown): void {
    const parsed = lineSchema.safeParse(value);
    if (!parsed.success) return;
    const line = parsed.data;
    const message = line.errorDetail?.message ?? line.error;
    if (line.id === 'moby.buildkit.trace') this.#buildkit.handle(decodeTrace(line.aux));
    else if (typeof line.aux === 'object' && line.aux.ID !== undefined) this.#handleImage(line.aux.ID);
    else if (message !== undefined) this.#handleError(message, line.errorDetail?.code ?? null);
    else if (line.stream !== undefined) this.#classic.handle(line.stream);
    else if (line.id !== undefined && line.progressDetail !== undefined) {
      this.#classic.handlePull(line.id, line.progressDetail.current, line.progressDetail.total);
    }
  }

  /** No line follows. Gives what failed, or null when nothing did. */
  end(): BuildFailure | null {
    this.#buildkit.end();
    if (this.#error === null) {
      this.#classic.finish();
      return null;
    }
    this.#classic.fail(this.#error.text);
    const key = this.#failedKey(this.#error.text);
    return {
      ...this.#error,
      step: key === null ? null : (this.#board.get(key) ?? null),
      lastLines: key === null ? [] : this.#board.lastLines(key, lastLineCount)
    };
  }

  #handleImage(imageId: string): void {
    this.imageId = imageId;
    this.#emit({ kind: 'image', imageId });
  }

  #handleError(text: string, exitCode: number | null): void {
    this.#error ??= { text, exitCode };
  }

  /** The failed step whose own error the builder's sentence repeats; else the first that failed. */
  #failedKey(text: string): string | null {
    const failed = this.#board.failed();
    const matching = failed.find(({ step }) => step.error !== null && text.includes(step.error));
    return (matching ?? failed[0])?.key ?? null;
  }
}
