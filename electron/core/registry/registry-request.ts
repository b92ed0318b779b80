import { AppError, Cancelled } from '../app-error.ts';
import { startDeadline } from '../engine/deadline.ts';
import { readWebUrl } from './registry-address.ts';
import { toNetworkError, type RegistryAnswer } from './registry-error.ts';

/** Where requests end at the latest; a caller may only name less. */
export const REQUEST_LIMIT_MS = 15_000;
const REDIRECT_LIMIT = 5;

export interface RegistryRequest {
  /** The registry whose errors these are. */
  readonly host: string;
  readonly url: URL;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  readonly accept?: string;
  /** Goes to the URL's own origin and to no other. */
  readonly authorization?: string;
  /** A secret form: a redirect is then never followed. */
  readonly form?: URLSearchParams;
  /** `refuse` where an answer from elsewhere would prove nothing, as when a login is checked. */
  readonly otherOrigins: 'follow' | 'refuse';
  readonly limitBytes: number;
  readonly limitMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One request to a registry or its token server, bounded in size, time and redirects; the answer is read whole, whatever
 * its status. Redirects are followed here and not by fetch, so that what is sent where stands in one place.
 * Throws registry-unreachable, registry-certificate, registry-failed (too large, endless redirects), Cancelled.
 */
export async function requestRegistry(request: RegistryRequest): Promise<RegistryAnswer> {
  const limitMs = request.limitMs ?? REQUEST_LIMIT_MS;
  const deadline = startDeadline(limitMs, request.signal);
  try {
    return await followRedirects(request, deadline.signal);
  } catch (error) {
    if (request.signal?.aborted === true) throw new Cancelled();
    throw toNetworkError(error, request.host, deadline.expired() ? limitMs : undefined);
  } finally {
    deadline.clear();
  }
}

async function followRedirects(request: RegistryRequest, signal: AbortSignal): Promise<RegistryAnswer> {
  let url = request.url;
  for (let redirects = 0; redirects <= REDIRECT_LIMIT; redirects += 1) {
    const response = await send(request, url, signal);
    const location = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) {
      const body = await readBody(response, request);
      return { status: response.status, headers: response.headers, body, origin: url.origin };
    }
    await response.body?.cancel();
    url = nextUrl(request, url, location);
  }
  throw failed(request, 'It redirects without end.');
}

function send(request: RegistryRequest, url: URL, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { 'user-agent': 'slipway' };
  if (request.accept !== undefined) headers['accept'] = request.accept;
  if (request.authorization !== undefined && url.origin === request.url.origin) {
    headers['authorization'] = request.authorization;
  }
  const method = request.method ?? 'GET';
  return fetch(url, { method, headers, signal, redirect: 'manual', ...(request.form && { body: request.form }) });
}

function nextUrl(request: RegistryRequest, from: URL, location: string): URL {
  const url = readWebUrl(location, from);
  if (url === null) {
    throw failed(request, 'It redirects to an address that cannot be followed.');
  }
  if (request.form !== undefined) throw failed(request, 'It redirects where a secret would be sent again.');
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    throw failed(request, `It redirects to ${url.host} without encryption.`);
  }
  if (request.otherOrigins === 'refuse' && url.origin !== request.url.origin) {
    throw failed(request, `It redirects to another server, ${url.host}.`);
  }
  return url;
}

async function readBody(response: Response, request: RegistryRequest): Promise<Buffer> {
  if (response.body === null || request.method === 'HEAD') return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > request.limitBytes) throw failed(request, `It sent more than ${request.limitBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, sizeBytes);
}

function failed(request: RegistryRequest, detail: string): AppError {
  return new AppError('registry-failed', { host: request.host, detail });
}
