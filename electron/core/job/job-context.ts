/**
 * What a job's work is given: a way to tell, and the signal that says stop. The work resolves to its result, throws an
 * AppError to fail, or Cancelled once the signal has fired; the job mechanism turns that into exactly one end.
 */
export interface JobContext<E> {
  readonly signal: AbortSignal;
  readonly emit: (event: E) => void;
}
