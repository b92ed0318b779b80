import { z } from 'zod';
import { AppError } from '../util/app-error.ts';
import { startDeadline } from '../util/deadline.ts';
import type { EngineClient } from './engine-client.ts';
import { pause } from '../util/pause.ts';
import { readJsonLines } from '../util/read-json-lines.ts';

const PROBE_INTERVAL_MS = 5_000;
const ANSWER_LIMIT_MS = 5_000;

const imageEventSchema = z.object({ Type: z.literal('image') });

/**
 * Resolves when the engine is lost or the signal fires, and reports each image event until then. Keeps the engine's
 * event stream open, so a lost engine is noticed at once without polling; if events are refused (by a filtering proxy),
 * it
 * polls the engine every five seconds instead.
 */
export async function watchEngine(client: EngineClient, signal: AbortSignal, onImageChange: () => void): Promise<void> {
  const stopped = (): boolean => signal.aborted;
  while (!stopped()) {
    try {
      await followEvents(client, signal, onImageChange);
    } catch (error) {
      if (stopped() || isLost(error)) return;
      await pause(PROBE_INTERVAL_MS, signal);
    }
    if (stopped() || !(await answers(client, signal))) return;
    // The stream ended and the engine still answers: events in between were missed.
    onImageChange();
  }
}

async function followEvents(client: EngineClient, signal: AbortSignal, onImageChange: () => void): Promise<void> {
  const query = { filters: { type: ['image'] } };
  const stream = await client.stream({ method: 'GET', path: '/events', query, signal });
  for await (const event of readJsonLines(stream, signal)) {
    if (imageEventSchema.safeParse(event).success) onImageChange();
  }
}

async function answers(client: EngineClient, signal: AbortSignal): Promise<boolean> {
  const deadline = startDeadline(ANSWER_LIMIT_MS, signal);
  try {
    await client.json({ method: 'GET', path: '/version', signal: deadline.signal });
    return true;
  } catch (error) {
    return !isLost(error) && !deadline.expired();
  } finally {
    deadline.clear();
  }
}

function isLost(error: unknown): boolean {
  return error instanceof AppError && error.data.code === 'engine-lost';
}
