import { execFileSync } from 'node:child_process';
import { createPrivateKey, randomBytes, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface TokenServer {
  /** The service name in the registry's challenges. */
  readonly realm: string;
  /** The file with the certificate that verifies the tokens. */
  readonly certificate: string;
  /** Each request as `METHOD user scope…`; never a secret. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

export const tokenIssuer = 'slipway';
export const tokenService = 'slipway';

const tokenLifeSeconds = 300;

interface Server {
  readonly key: KeyObject;
  readonly x5c: string[];
  readonly users: ReadonlyMap<string, string>;
  readonly refreshTokens: Map<string, string>;
  readonly requests: string[];
}

/**
 * A token server like Docker Hub's, by https://distribution.github.io/distribution/spec/auth/token/ (GET with Basic)
 * and its OAuth2 form (POST with a password or a refresh token). Each user may do anything in the namespace with their
 * name,
 * and nothing elsewhere.
 */
export async function startTokenServer(folder: string, users: ReadonlyMap<string, string>): Promise<TokenServer> {
  const keyFile = join(folder, 'token.key');
  const certificate = join(folder, 'token.crt');
  const args = ['-subj', '/CN=slipway', '-days', '2', '-keyout', keyFile, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...args], { stdio: 'ignore' });
  const server: Server = {
    key: createPrivateKey(readFileSync(keyFile)),
    x5c: [readFileSync(certificate, 'utf8').replace(/-----[^-]+-----|\s/g, '')],
    users,
    refreshTokens: new Map(),
    requests: []
  };
  const listener = createServer((request, response) => {
    // Engines may abort requests midway.
    handleRequest(server, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    realm: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/token`,
    certificate,
    requests: server.requests,
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        listener.closeAllConnections();
      })
  };
}

async function handleRequest(server: Server, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://token');
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const form = request.method === 'POST' ? new URLSearchParams(Buffer.concat(chunks).toString()) : url.searchParams;
  const user = authenticate(server, request.headers.authorization, form);
  const scopes = form.getAll('scope').flatMap((scope) => scope.split(' ').filter(Boolean));
  server.requests.push([request.method, user ?? 'refused', ...scopes].join(' '));
  const respond = (status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  if (user === undefined) {
    respond(401, { details: 'incorrect username or password' });
    return;
  }
  const token = makeToken(server, user, form.get('service') ?? '', scopes);
  const needsRefresh = form.get('offline_token') === 'true' || form.get('access_type') === 'offline';
  const refresh = needsRefresh && user !== '' ? { refresh_token: addRefreshToken(server, user) } : {};
  respond(200, { token, access_token: token, expires_in: tokenLifeSeconds, ...refresh });
}

/** The user's name; empty for anonymous requests, undefined if the credentials are wrong. */
function authenticate(server: Server, authorization: string | undefined, form: URLSearchParams): string | undefined {
  const basic = /^Basic (.+)$/.exec(authorization ?? '')?.[1];
  if (basic !== undefined) {
    const [name = '', ...secret] = Buffer.from(basic, 'base64').toString().split(':');
    return server.users.get(name) === secret.join(':') ? name : undefined;
  }
  const grant = form.get('grant_type');
  if (grant === 'refresh_token') return server.refreshTokens.get(form.get('refresh_token') ?? '');
  if (grant !== 'password') return '';
  const name = form.get('username') ?? '';
  return server.users.get(name) === form.get('password') ? name : undefined;
}

function makeToken(server: Server, user: string, service: string, scopes: string[]): string {
  const access = scopes.map((scope) => {
    const [type = '', name = '', actions = ''] = scope.split(':');
    const own = user !== '' && name.startsWith(`${user}/`);
    return { type, name, actions: own ? actions.split(',') : [] };
  });
  const nowSeconds = Math.floor(Date.now() / 1000);
  const times = { iat: nowSeconds, nbf: nowSeconds - 10, exp: nowSeconds + tokenLifeSeconds };
  const id = randomBytes(8).toString('hex');
  const claims = { iss: tokenIssuer, aud: service, sub: user, jti: id, ...times, access };
  const parts = [{ typ: 'JWT', alg: 'RS256', x5c: server.x5c }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url')
  );
  const signature = sign('RSA-SHA256', Buffer.from(parts.join('.')), server.key).toString('base64url');
  return [...parts, signature].join('.');
}

function addRefreshToken(server: Server, user: string): string {
  const token = randomBytes(24).toString('base64url');
  server.refreshTokens.set(token, user);
  return token;
}
