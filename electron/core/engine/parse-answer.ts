import { AppError } from '../util/app-error.ts';

/** Parses an engine's JSON answer. Throws engine-failed for text that is not JSON. */
export function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('engine-failed', { detail: { reason: 'invalid-json' } }, { cause });
  }
}
