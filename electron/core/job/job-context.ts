/**
 * What a job's work receives: a way to report events, and an abort signal. The work resolves to its result, throws an
 * AppError to fail, or Cancelled once the signal has fired; the job runner turns that into exactly one end.
 */
export interface JobContext<E> {
  readonly signal: AbortSignal;
  readonly emit: (event: E) => void;
}
