import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy for a registry that records requests, and can delay, limit and reject them as real registries do. */
export interface RegistryProxy {
  /** 127.0.0.1:PORT */
  readonly host: string;
  /** Digests of the blobs requested since `clearBlobs`, in order. */
  readonly blobs: string[];
  /** Added to every response. */
  headers: Record<string, string>;
  /** Sent for every request instead of forwarding it; null forwards it. */
  refusal: { status: number; headers: Record<string, string> } | null;
  /** Max bytes per second of a blob's content; null for no limit. */
  bytesPerSecond: number | null;
  clearBlobs(): void;
  /** Closes all connections and accepts no further ones. */
  stop(): Promise<void>;
}

/** Starts a proxy for `target`, "127.0.0.1:5000". */
export async function startRegistryProxy(target: string): Promise<RegistryProxy> {
  const server = createServer((incoming, response) => {
    const digest =
      incoming.method === 'GET' ? /\/blobs\/(sha256:[0-9a-f]{64})$/.exec(incoming.url ?? '')?.[1] : undefined;
    if (digest !== undefined && incoming.headers.authorization !== undefined) proxy.blobs.push(digest);
    if (proxy.refusal) {
      response.writeHead(proxy.refusal.status, proxy.refusal.headers).end('{}');
      return;
    }
    // Keep the Host header: the registry builds its Location headers from it.
    const url = `http://${target}${incoming.url ?? '/'}`;
    const upstreamRequest = request(url, { method: incoming.method, headers: incoming.headers }, (upstreamResponse) => {
      response.writeHead(upstreamResponse.statusCode ?? 502, { ...upstreamResponse.headers, ...proxy.headers });
      void send(upstreamResponse, response, digest === undefined ? null : proxy.bytesPerSecond);
    });
    upstreamRequest.on('error', () => response.destroy());
    response.on('close', () => upstreamRequest.destroy());
    incoming.pipe(upstreamRequest);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: RegistryProxy = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    blobs: [],
    headers: {},
    refusal: null,
    bytesPerSecond: null,
    clearBlobs: () => void proxy.blobs.splice(0),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })
  };
  return proxy;
}

const everyMs = 50;

async function send(from: IncomingMessage, to: ServerResponse, bytesPerSecond: number | null): Promise<void> {
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      const step = bytesPerSecond === null ? chunk.length : Math.max(1, (bytesPerSecond * everyMs) / 1000);
      for (let at = 0; at < chunk.length; at += step) {
        to.write(chunk.subarray(at, at + step));
        if (bytesPerSecond !== null) await new Promise((resolve) => setTimeout(resolve, everyMs));
        if (to.destroyed) return;
      }
    }
    to.end();
  } catch {
    to.destroy();
  }
}
