import type { ServerHttp2Stream } from 'node:http2';
import { Cancelled } from '../../util/app-error.ts';
import { FrameReader } from './grpc-frames.ts';
import { MessageWriter } from './message-writer.ts';

/** Status codes sent by this session. https://grpc.io/docs/guides/status-codes/ */
export const grpcStatus = {
  ok: 0,
  unknown: 2,
  invalidArgument: 3,
  notFound: 5,
  unimplemented: 12,
  internal: 13,
  unavailable: 14
} as const;

/** Ends a call with a status other than OK. The engine adds the message to the build's error. */
export class GrpcError extends Error {
  override readonly name = 'GrpcError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** One call of the engine. */
export interface GrpcCall {
  /** Aborted when the engine ends the call early or the connection closes. */
  readonly signal: AbortSignal;
  /** The values of a metadata key, in order. Throws GrpcError for an invalid encoding. */
  metadata(key: string): string[];
  /**
   * Calls `handle` with each message until the last one. Throws Cancelled if the call ends before, GrpcError for malformed
   * messages, and what `handle` throws.
   */
  receive(handle: (message: Buffer) => void): Promise<void>;
  /** Sends a message; see MessageWriter.send. */
  send(...parts: Uint8Array[]): Promise<void> | undefined;
}

export type GrpcMethod = (call: GrpcCall) => Promise<void>;

/** Methods by path: "/package.Service/Method". */
export type GrpcMethods = Readonly<Record<string, GrpcMethod>>;

/** A method of one request and one response. */
export function unary(answer: (request: Buffer) => Uint8Array | Promise<Uint8Array>): GrpcMethod {
  return async (call) => {
    const requests: Buffer[] = [];
    await call.receive((message) => requests.push(message));
    await call.send(await answer(requests[0] ?? Buffer.alloc(0)));
  };
}

/**
 * Answers one call over HTTP/2. `rawHeaders` has one element per header line; in Node's joined headers a comma in a value
 * looks like a separator. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export async function answerCall(
  methods: GrpcMethods,
  stream: ServerHttp2Stream,
  rawHeaders: readonly string[]
): Promise<void> {
  const abort = new AbortController();
  stream.on('error', () => undefined);
  stream.once('close', () => abort.abort());
  const writer = new MessageWriter(stream);
  const call: GrpcCall = {
    signal: abort.signal,
    metadata: (key) => readMetadata(rawHeaders, key),
    receive: (handle) => receive(stream, handle),
    send: (...parts) => writer.send(...parts)
  };
  let end = { status: grpcStatus.ok as number, message: '' };
  try {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    const path = valuesOf(rawHeaders, ':path')[0] ?? '';
    const method = Object.hasOwn(methods, path) ? methods[path] : undefined;
    if (method === undefined) throw new GrpcError(grpcStatus.unimplemented, `unknown method ${path}`);
    await method(call);
  } catch (thrown) {
    end = toEnd(thrown);
  }
  if (stream.closed) return;
  stream.once('wantTrailers', () => {
    const message = end.message === '' ? {} : { 'grpc-message': encodeURIComponent(end.message) };
    if (!stream.closed) stream.sendTrailers({ 'grpc-status': String(end.status), ...message });
  });
  writer.flush();
  stream.end();
  // Discards further messages: unread data would keep the stream open.
  stream.resume();
}

/** The engine gets no details of unexpected errors. */
function toEnd(thrown: unknown): { status: number; message: string } {
  if (thrown instanceof GrpcError) return { status: thrown.status, message: thrown.message };
  return { status: grpcStatus.internal, message: 'the client failed' };
}

function receive(stream: ServerHttp2Stream, handle: (message: Buffer) => void): Promise<void> {
  const reader = new FrameReader();
  return new Promise((resolve, reject) => {
    const fail = (thrown: unknown): void => {
      stream.off('data', take);
      const isOurs = thrown instanceof RangeError;
      reject(isOurs ? new GrpcError(grpcStatus.internal, thrown.message) : (thrown as Error));
    };
    const take = (chunk: Buffer): void => {
      try {
        for (const message of reader.read(chunk)) handle(message);
      } catch (thrown) {
        fail(thrown);
      }
    };
    stream.on('data', take);
    stream.once('end', () => {
      if (reader.isInside) fail(new RangeError('the last message is not complete'));
      else resolve();
    });
    stream.once('close', () => reject(new Cancelled()));
    if (stream.destroyed) reject(new Cancelled());
  });
}

/**
 * If a value is not ASCII, the engine percent-encodes all values of the key and sets `<key>-encoded`. Docker 20.10 sends raw
 * UTF-8 instead, which Node decodes as Latin-1.
 */
function readMetadata(rawHeaders: readonly string[], key: string): string[] {
  const isEncoded = valuesOf(rawHeaders, `${key}-encoded`)[0] === '1';
  try {
    return valuesOf(rawHeaders, key).map((value) =>
      isEncoded ? decodeURIComponent(value.replaceAll('+', ' ')) : Buffer.from(value, 'latin1').toString('utf8')
    );
  } catch {
    throw new GrpcError(grpcStatus.invalidArgument, `the values of ${key} are not encoded as it says`);
  }
}

function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1] === name);
}
