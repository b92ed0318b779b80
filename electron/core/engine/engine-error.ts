import { AppError, Cancelled } from '../util/app-error.ts';
import type { ErrorDetail } from '#contract/schema/error-reason.ts';
import { errorCode } from '../util/error-code.ts';
import { cleanDetail } from '../util/clean-detail.ts';

/** The engine that failed, as an error needs to describe it. */
export interface EngineEndpoint {
  /** The candidate's display name. */
  name: string;
  /** The socket or address, for the permission error. */
  address: string;
  /** It has answered before, so no answer now means that it was lost. */
  connected: boolean;
}

/** Thrown by a transport that ends before HTTP starts (ssh refused, program missing); `message` is its own text. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
}

const BROKEN = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  'EPIPE',
  'ENOTSOCK',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED'
]);

/** A failed request or stream as an AppError; an aborted `signal` means Cancelled. AppErrors pass unchanged. */
export function toEngineError(thrown: unknown, endpoint: EngineEndpoint, signal?: AbortSignal): AppError | Cancelled {
  if (signal?.aborted === true) return new Cancelled();
  if (thrown instanceof AppError || thrown instanceof Cancelled) return thrown;
  const code = errorCode(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (code === 'EACCES' || code === 'EPERM') {
    return new AppError(
      'engine-permission',
      { engine: endpoint.name, socketPath: endpoint.address },
      { cause: thrown }
    );
  }
  if (BROKEN.has(code) || isTls(code) || thrown instanceof TransportFailure)
    return connectionLost(endpoint, cleanDetail(message), thrown);
  return new AppError('engine-failed', { detail: cleanDetail(message) }, { cause: thrown });
}

/** The engine does not answer: lost if it answered before, else unreachable. */
export function connectionLost(endpoint: EngineEndpoint, detail: ErrorDetail, cause?: unknown): AppError {
  if (endpoint.connected) return new AppError('engine-lost', { engine: endpoint.name }, { cause });
  return new AppError('engine-unreachable', { engine: endpoint.name, detail }, { cause });
}

/** An error response. `body` is its text: JSON with `message` from every engine, anything from another server. */
export function toStatusError(status: number, body: string): AppError {
  const text = messageOf(body);
  if (/no space left on device/i.test(text)) return new AppError('engine-disk-full', {});
  if (status === 404) {
    const reference = missingImage(text);
    if (reference !== undefined) return new AppError('image-not-found', { reference });
  }
  return new AppError('engine-failed', { status, detail: cleanDetail(text) });
}

/** Docker reports "No such image: x" (20.10: twice in one line), Podman "x: image not known". */
function missingImage(text: string): string | undefined {
  const docker = /.*no such image: (\S+)/is.exec(text)?.[1];
  const reference = docker ?? /(\S+): image not known/i.exec(text)?.[1];
  return reference?.slice(0, 500);
}

function messageOf(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string') {
      return value.message;
    }
  } catch {
    return body;
  }
  return body;
}

/** Error codes of OpenSSL and Node for a wrong certificate, or a peer that does not use TLS. */
function isTls(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|HPE_)/.test(code);
}
