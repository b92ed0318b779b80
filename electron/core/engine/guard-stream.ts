import { Readable } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { AppError, Cancelled } from '../util/app-error.ts';
import { connectionLost, toEngineError, type EngineEndpoint } from './engine-error.ts';

/**
 * A response's body whose errors are AppErrors: a connection that breaks (or ends before the body is complete) is
 * engine-lost, an abort is Cancelled. Destroying it closes the connection.
 */
export function guardStream(response: IncomingMessage, endpoint: EngineEndpoint, signal?: AbortSignal): Readable {
  const answered = { ...endpoint, connected: true };
  const stop = (): void => void guarded.destroy(new Cancelled());
  const guarded = new Readable({
    read: () => void response.resume(),
    destroy: (error, callback) => {
      signal?.removeEventListener('abort', stop);
      response.destroy();
      callback(error);
    }
  });
  // The reader sees the error, even an earlier one; without a listener it would crash the process before.
  guarded.on('error', () => undefined);
  signal?.addEventListener('abort', stop, { once: true });
  response.on('data', (chunk: Buffer) => {
    if (!guarded.push(chunk)) response.pause();
  });
  response.on('end', () => guarded.push(null));
  response.on('error', (error) => guarded.destroy(toEngineError(error, answered, signal)));
  response.on('close', () => {
    if (!response.readableEnded) guarded.destroy(connectionLost(answered, { reason: 'answer-cut-short' }));
  });
  if (signal?.aborted === true) stop();
  return guarded;
}

/** A body as text, at most `limitBytes` of it; throws engine-failed for more. */
export async function readBounded(body: Readable, limitBytes: number): Promise<string> {
  const { text, complete } = await readStart(body, limitBytes);
  if (complete) return text;
  throw new AppError('engine-failed', { detail: { reason: 'answer-too-long', limitBytes } });
}

/** A body's first bytes as text; `complete` is false if there is more, and the body is then closed. */
export async function readStart(body: Readable, limitBytes: number): Promise<{ text: string; complete: boolean }> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > limitBytes) break;
  }
  const text = Buffer.concat(chunks, sizeBytes).toString('utf8', 0, limitBytes);
  return { text, complete: sizeBytes <= limitBytes };
}
