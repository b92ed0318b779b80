import type { Duplex, Readable } from 'node:stream';
import type { EngineInfo } from '#contract/schema/engine.ts';

/** A request of the Docker Engine API. `path` starts with "/" and has neither version nor query. */
export interface EngineRequest {
  method: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'HEAD';
  path: string;
  /**
   * Undefined values are omitted; an array repeats its name, objects are sent as JSON, as the API's filters require.
   */
  query?: Record<string, string | number | boolean | undefined | object>;
  /** An array is a line for each of its values. */
  headers?: Record<string, string | string[]>;
  /** A JSON body. */
  json?: unknown;
  /** A raw body, streamed (a build context, an image archive). */
  body?: Readable;
  /** Sent as X-Registry-Auth / X-Registry-Config; never logged. */
  registryAuth?: object;
  registryConfig?: object;
  signal?: AbortSignal;
}

/**
 * A connection to one engine, over its socket, TCP, TLS, SSH or a named pipe. Only its adapter
 * (dockerode-client.ts) knows dockerode. Errors are AppErrors: engine-unreachable, engine-permission, engine-lost,
 * engine-disk-full, image-not-found, and engine-failed with the engine's status and text for all others.
 * An abort throws Cancelled.
 */
export interface EngineClient {
  readonly info: EngineInfo;
  /** The complete response as JSON; undefined for an empty body. */
  json(request: EngineRequest): Promise<unknown>;
  /** The response's body as a stream, whose errors are AppErrors too. */
  stream(request: EngineRequest): Promise<Readable>;
  /** A hijacked connection (POST /session). */
  upgrade(request: EngineRequest): Promise<Duplex>;
}
