import { AppError } from '../util/app-error.ts';

/** An engine's JSON answer as a value. Throws engine-failed for text that is not JSON. */
export function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('engine-failed', { detail: { reason: 'invalid-json' } }, { cause });
  }
}
