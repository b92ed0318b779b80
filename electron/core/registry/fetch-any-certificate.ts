import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';

/** The part of fetch's options that requests to registries use. */
export interface FetchOptions {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
  readonly body?: URLSearchParams;
}

/** Statuses whose responses have no body. */
const EMPTY_STATUSES = new Set([101, 103, 204, 205, 304]);

/** Like fetch without redirects, for a server whose certificate is not verified: fetch has no option for it. */
export function fetchAnyCertificate(url: URL, options: FetchOptions): Promise<Response> {
  const { method, signal, body } = options;
  const form = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  return new Promise((resolve, reject) => {
    const headers = { ...options.headers, ...form };
    const request = httpsRequest(url, { method, headers, signal, rejectUnauthorized: false, agent: false });
    request.once('error', reject);
    request.once('response', (response) => {
      const status = response.statusCode ?? 0;
      const pairs = Object.entries(response.headersDistinct).flatMap(([name, values]) =>
        (values ?? []).map((value): [string, string] => [name, value])
      );
      if (EMPTY_STATUSES.has(status)) response.resume();
      const stream = EMPTY_STATUSES.has(status) ? null : (Readable.toWeb(response) as ReadableStream<Uint8Array>);
      resolve(new Response(stream, { status, headers: pairs }));
    });
    request.end(body?.toString());
  });
}
