import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hashSync } from 'bcryptjs';

export const users: Record<string, string> = { alice: 's3cret', bob: 'hunter2' };

export interface RealRegistry {
  host: string;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Debian's docker-registry; with `token`, in Docker Hub's way: bearer tokens of a server of its own. */
export async function startRegistry(directory: string, auth: 'htpasswd' | 'token'): Promise<RealRegistry> {
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const tokens = auth === 'token' ? await startTokenServer(directory) : null;
  const passwords = path.join(directory, `htpasswd-${port}`);
  // bcrypt's lowest cost: the registry checks it at every request.
  writeFileSync(
    passwords,
    Object.entries(users)
      .map(([name, secret]) => `${name}:${hashSync(secret, 4)}\n`)
      .join('')
  );
  const access =
    tokens === null
      ? { htpasswd: { realm: 'slipway', path: passwords } }
      : { token: { realm: tokens.realm, service: 'slipway', issuer: 'slipway', rootcertbundle: tokens.certificate } };
  const configuration = path.join(directory, `registry-${port}.yml`);
  const storage = { filesystem: { rootdirectory: path.join(directory, `storage-${port}`) }, delete: { enabled: true } };
  writeFileSync(
    configuration,
    JSON.stringify({ version: '0.1', log: { level: 'error' }, storage, http: { addr: host }, auth: access })
  );
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn('docker-registry', ['serve', configuration], { stdio: 'ignore' });
    await until(() => answers(`http://${host}/v2/`));
  };
  const kill = (): Promise<void> => end(child, 'SIGKILL');
  await start();
  const stop = async (): Promise<void> => {
    await Promise.all([end(child, 'SIGTERM'), tokens?.stop()]);
  };
  return { host, start, kill, stop };
}

/** Asks until it is so, for at most 15 s. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const endsAt = Date.now() + 15_000;
  while (!(await isSo())) {
    if (Date.now() > endsAt) throw new Error('It did not come about within 15 s.');
    await delay(25);
  }
}

/** Ends a child and waits until it is gone. */
export function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child?.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

export function freePort(): Promise<number> {
  const server = createSocketServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    async (response) => {
      await response.body?.cancel();
      return true;
    },
    () => false
  );
}

interface TokenServer {
  realm: string;
  certificate: string;
  stop(): Promise<void>;
}

async function startTokenServer(directory: string): Promise<TokenServer> {
  const keyFile = path.join(directory, 'token.key');
  const certificate = path.join(directory, 'token.crt');
  const subject = ['-subj', '/CN=slipway', '-days', '2', '-keyout', keyFile, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], { stdio: 'ignore' });
  const key = createPrivateKey(readFileSync(keyFile));
  const x5c = [readFileSync(certificate, 'utf8').replace(/-----[^-]+-----|\s/g, '')];
  const server = createServer((request, response) => {
    grant(request, response, key, x5c).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const realm = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  return {
    realm,
    certificate,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      })
  };
}

/** https://distribution.github.io/distribution/spec/auth/token/ and its OAuth2 form: each user has its own namespace. */
async function grant(request: IncomingMessage, response: ServerResponse, key: KeyObject, x5c: string[]): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://token');
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const form = request.method === 'POST' ? new URLSearchParams(Buffer.concat(chunks).toString()) : url.searchParams;
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const [name = null, ...rest] = basic === undefined ? [] : Buffer.from(basic, 'base64').toString().split(':');
  const username = name ?? form.get('username');
  const secret = basic === undefined ? form.get('password') : rest.join(':');
  const answer = (status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  if (username !== null && users[username] !== secret) {
    answer(401, { details: 'incorrect username or password' });
    return;
  }
  const scopes = form.getAll('scope').flatMap((scope) => scope.split(' '));
  const access = scopes.flatMap((scope) => {
    const [type = '', repository = '', actions = ''] = scope.split(':');
    const own = username !== null && repository.startsWith(`${username}/`);
    return repository === '' ? [] : [{ type, name: repository, actions: own ? actions.split(',') : [] }];
  });
  const nowSeconds = Math.floor(Date.now() / 1000);
  const times = { iat: nowSeconds, nbf: nowSeconds - 10, exp: nowSeconds + 300 };
  const claims = { iss: 'slipway', aud: form.get('service'), sub: username ?? '', ...times, access };
  const parts = [{ typ: 'JWT', alg: 'RS256', x5c }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url')
  );
  const signature = sign('RSA-SHA256', Buffer.from(parts.join('.')), key).toString('base64url');
  const token = [...parts, signature].join('.');
  answer(200, { token, access_token: token, expires_in: 300 });
}
