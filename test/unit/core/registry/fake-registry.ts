import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Seen {
  method: string;
  url: URL;
  authorization: string | undefined;
  body: string;
}

export interface FakeServer {
  /** 127.0.0.1:PORT */
  host: string;
  seen: Seen[];
}

/** A server on a real socket for one test; it records its requests. */
export async function serve(answer: (seen: Seen, response: ServerResponse) => void): Promise<FakeServer> {
  const seen: Seen[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Seen = {
        method: request.method ?? '',
        url: new URL(request.url ?? '/', 'http://fake'),
        authorization: request.headers.authorization,
        body: Buffer.concat(chunks).toString('utf8')
      };
      seen.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

export function reply(response: ServerResponse, status: number, body: unknown = {}, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

export const basicOf = (username: string, secret: string): string =>
  `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;

/** A registry with its own token server, like Docker Hub: alice / s3cret. */
export async function serveTokenRegistry(
  options: { refusal?: { status: number; body: unknown }; realm?: (own: string) => string } = {}
): Promise<FakeServer> {
  const server = await serve((seen, response) => {
    if (seen.url.pathname === '/token') {
      const granted =
        seen.method === 'POST'
          ? new URLSearchParams(seen.body).get('refresh_token') === 'identity-1'
          : seen.authorization === basicOf('alice', 's3cret');
      if (!granted && (seen.method === 'POST' || seen.authorization !== undefined)) {
        const { status, body } = options.refusal ?? {
          status: 401,
          body: { details: 'incorrect username or password' }
        };
        reply(response, status, body);
        return;
      }
      reply(response, 200, { token: granted ? 'good' : 'anonymous', expires_in: 300 });
      return;
    }
    if (seen.authorization === 'Bearer good') {
      reply(response, 200, { schemaVersion: 2 });
      return;
    }
    const own = `http://${server.host}/token`;
    const realm = options.realm?.(own) ?? own;
    reply(response, 401, {}, { 'www-authenticate': `Bearer realm="${realm}",service="fake, registry"` });
  });
  return server;
}
