import { AppError, Cancelled } from '../util/app-error.ts';
import type { ErrorDetail } from '#contract/schema/error-reason.ts';
import { startDeadline } from '../util/deadline.ts';
import { createIdleTimeout, type IdleTimeout } from '../util/idle-timeout.ts';
import { fetchAnyCertificate } from './fetch-any-certificate.ts';
import { readWebUrl } from './registry-address.ts';
import { toNetworkError, type RegistryAnswer } from './registry-error.ts';

/** Limits of every request; a caller may only lower them. */
export const REQUEST_LIMIT_MS = 15_000;
const REDIRECT_LIMIT = 5;

export interface RegistryRequest {
  /** The registry to name in errors. */
  readonly host: string;
  readonly url: URL;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  readonly accept?: string;
  /** Accept any certificate of the URL's own origin. */
  readonly anyCertificate?: boolean;
  /** Sent to the URL's own origin only. */
  readonly authorization?: string;
  /** A form with a secret: redirects are then never followed. */
  readonly form?: URLSearchParams;
  /** `refuse` if an answer from another server would be meaningless, as when checking a login. */
  readonly otherOrigins: 'follow' | 'refuse';
  readonly limitBytes: number;
  readonly limitMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One request to a registry or its token server, limited in size, time and redirects; the complete response is
 * returned, with
 * any status. Redirects are followed here instead of in fetch, so that this function alone decides what is sent where.
 * Throws registry-unreachable, registry-certificate, registry-failed (too large, endless redirects), Cancelled.
 */
export async function requestRegistry(request: RegistryRequest): Promise<RegistryAnswer> {
  const limitMs = request.limitMs ?? REQUEST_LIMIT_MS;
  const deadline = startDeadline(limitMs, request.signal);
  try {
    const { response, origin } = await followRedirects(request, deadline.signal);
    const body = await readBody(response, request);
    return { status: response.status, headers: response.headers, body, origin };
  } catch (error) {
    if (request.signal?.aborted === true) throw new Cancelled();
    throw toNetworkError(error, request.host, deadline.expired() ? limitMs : undefined);
  } finally {
    deadline.clear();
  }
}

/** A response whose content is not read yet; null if the status is not success, and `body` has the reason. */
export type OpenAnswer = RegistryAnswer & { readonly chunks: AsyncIterable<Uint8Array> | null };

/**
 * Like requestRegistry, for content of any size: resolves to the response's head, and `limitMs` limits each idle period
 * instead of
 * the whole request. The chunks fail with the same errors.
 */
export async function openRegistry(request: RegistryRequest): Promise<OpenAnswer> {
  const limitMs = request.limitMs ?? REQUEST_LIMIT_MS;
  const idleTimeout = createIdleTimeout(limitMs, request.signal);
  const toError = (error: unknown): Error => {
    if (request.signal?.aborted === true) return new Cancelled();
    return toNetworkError(error, request.host, idleTimeout.expired() ? limitMs : undefined);
  };
  try {
    const { response, origin } = await idleTimeout.bound(() => followRedirects(request, idleTimeout.signal));
    const head = { status: response.status, headers: response.headers, origin };
    if (response.ok) return { ...head, body: Buffer.alloc(0), chunks: readChunks(response, idleTimeout, toError) };
    const body = await idleTimeout.bound(() => readBody(response, request));
    idleTimeout.clear();
    return { ...head, body, chunks: null };
  } catch (error) {
    idleTimeout.clear();
    throw toError(error);
  }
}

async function* readChunks(
  response: Response,
  idleTimeout: IdleTimeout,
  toError: (error: unknown) => Error
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
  try {
    while (reader !== undefined) {
      const { done, value } = await idleTimeout.bound(() => reader.read());
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw toError(error);
  } finally {
    idleTimeout.clear();
    await reader?.cancel().catch(() => undefined);
  }
}

interface Redirected {
  readonly response: Response;
  /** The responding origin. */
  readonly origin: string;
}

async function followRedirects(request: RegistryRequest, signal: AbortSignal): Promise<Redirected> {
  let url = request.url;
  for (let redirects = 0; redirects <= REDIRECT_LIMIT; redirects += 1) {
    const response = await send(request, url, signal);
    const location = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) {
      return { response, origin: url.origin };
    }
    await response.body?.cancel();
    url = nextUrl(request, url, location);
  }
  throw failed(request, { reason: 'redirect-loop' });
}

function send(request: RegistryRequest, url: URL, signal: AbortSignal): Promise<Response> {
  // Digests are of the unencoded bytes.
  const headers: Record<string, string> = { 'user-agent': 'slipway', 'accept-encoding': 'identity' };
  if (request.accept !== undefined) headers['accept'] = request.accept;
  if (request.authorization !== undefined && url.origin === request.url.origin) {
    headers['authorization'] = request.authorization;
  }
  const options = { method: request.method ?? 'GET', headers, signal, ...(request.form && { body: request.form }) };
  const isOwn = url.origin === request.url.origin && url.protocol === 'https:';
  if (request.anyCertificate === true && isOwn) return fetchAnyCertificate(url, options);
  return fetch(url, { ...options, redirect: 'manual' });
}

function nextUrl(request: RegistryRequest, from: URL, location: string): URL {
  const url = readWebUrl(location, from);
  if (url === null) {
    throw failed(request, { reason: 'redirect-invalid' });
  }
  if (request.form !== undefined) throw failed(request, { reason: 'redirect-with-secret' });
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    throw failed(request, { reason: 'redirect-unencrypted', host: url.host });
  }
  if (request.otherOrigins === 'refuse' && url.origin !== request.url.origin) {
    throw failed(request, { reason: 'redirect-elsewhere', host: url.host });
  }
  return url;
}

async function readBody(response: Response, request: RegistryRequest): Promise<Buffer> {
  if (response.body === null || request.method === 'HEAD') return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > request.limitBytes)
      throw failed(request, { reason: 'answer-too-long', limitBytes: request.limitBytes });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, sizeBytes);
}

function failed(request: RegistryRequest, detail: ErrorDetail): AppError {
  return new AppError('registry-failed', { host: request.host, detail });
}
