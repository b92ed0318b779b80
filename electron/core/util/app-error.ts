import type { AppErrorCode, AppErrorData } from '#contract/schema/error.ts';

type DataOf<C extends AppErrorCode> = Omit<Extract<AppErrorData, { code: C }>, 'code'>;

/** An error with a code of the contract. Everything that core throws on purpose is one of these. */
export class AppError<C extends AppErrorCode = AppErrorCode> extends Error {
  override readonly name = 'AppError';
  readonly data: AppErrorData;

  constructor(code: C, data: DataOf<C>, options?: { cause?: unknown }) {
    super(code, options);
    this.data = { code, ...data } as unknown as AppErrorData;
  }
}

/** The error again of what `toErrorData` made of one: in another thread, or kept. */
export function fromErrorData(data: AppErrorData): AppError {
  const error = new AppError('internal', { detail: '' });
  return Object.assign(error, { message: data.code, data });
}

/** Thrown where work stopped because its AbortSignal fired: an outcome, not an error. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** What crosses the wire for anything that was thrown: no stack, and no message of an unknown error's cause. */
export function toErrorData(thrown: unknown): AppErrorData {
  if (thrown instanceof AppError) return thrown.data;
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { code: 'internal', detail: detail.slice(0, 500) };
}
