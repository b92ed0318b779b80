import { Readable } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';
import { fromErrorData } from '../../util/app-error.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

let lastId = 0;

/**
 * An image's export, requested from the main thread. Each chunk is acknowledged after it is read, which bounds the
 * bytes
 * in transit; destroying the stream before its end cancels the export.
 */
export function receiveExport(port: MessagePort, image: number, again: boolean): Readable {
  return receive(port, (exportId) => ({ kind: 'request-export', exportId, image, again }));
}

/** One layer of an image in a registry, requested and acknowledged in the same way. */
export function receiveLayer(port: MessagePort, image: number, layer: number): Readable {
  return receive(port, (exportId) => ({ kind: 'request-layer', exportId, image, layer }));
}

function receive(port: MessagePort, request: (exportId: number) => FromWorker): Readable {
  const exportId = ++lastId;
  const post = (message: FromWorker): void => port.postMessage(message);
  const waiting: (Buffer | null)[] = [];
  let needsChunk = false;
  let hasEnded = false;
  const feed = (): void => {
    const next = waiting.shift();
    needsChunk = next === undefined;
    if (next === undefined) return;
    if (next) post({ kind: 'ack', exportId, bytes: next.length });
    stream.push(next);
  };
  const onMessage = (message: ToWorker): void => {
    // Ignores chunks of an earlier export.
    if (message.kind === 'query' || message.kind === 'stop' || message.exportId !== exportId) return;
    if (message.kind !== 'chunk') hasEnded = true;
    if (message.kind === 'export-failed') {
      stream.destroy(fromErrorData(message.error));
      return;
    }
    const { bytes } = message.kind === 'chunk' ? message : { bytes: null };
    waiting.push(bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    if (needsChunk) feed();
  };
  const stream = new Readable({
    objectMode: true,
    highWaterMark: 1,
    read: feed,
    destroy: (error, done) => {
      port.off('message', onMessage);
      waiting.length = 0;
      if (!hasEnded) post({ kind: 'cancel-export', exportId });
      done(error);
    }
  });
  port.on('message', onMessage);
  post(request(exportId));
  return stream;
}
