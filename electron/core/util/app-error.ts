import type { AppErrorCode, AppErrorData } from '#contract/schema/error.ts';

type DataOf<C extends AppErrorCode> = Omit<Extract<AppErrorData, { code: C }>, 'code'>;

/** An error with a code of the contract. Core throws only these on purpose. */
export class AppError<C extends AppErrorCode = AppErrorCode> extends Error {
  override readonly name = 'AppError';
  readonly data: AppErrorData;

  constructor(code: C, data: DataOf<C>, options?: { cause?: unknown }) {
    super(code, options);
    this.data = { code, ...data } as unknown as AppErrorData;
  }
}

/** Restores the error from `toErrorData`'s result: from another thread, or from disk. */
export function fromErrorData(data: AppErrorData): AppError {
  const error = new AppError('internal', { detail: '' });
  return Object.assign(error, { message: data.code, data });
}

/** Thrown when work stopped because its AbortSignal fired: an outcome, not an error. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** The data that crosses the boundary for any error: no stack, and no message of an unknown error's cause. */
export function toErrorData(thrown: unknown): AppErrorData {
  if (thrown instanceof AppError) return thrown.data;
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { code: 'internal', detail: detail.slice(0, 500) };
}
