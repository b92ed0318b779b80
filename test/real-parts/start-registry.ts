import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { stopProcess, mountDisk, waitUntil } from './process.ts';
import { startTokenServer, tokenIssuer, tokenService, type TokenServer } from './start-token-server.ts';

/** The users of each registry, with passwords of this run only. */
export const users = {
  alice: { username: 'alice', secret: randomBytes(12).toString('base64url') },
  bob: { username: 'bob', secret: randomBytes(12).toString('base64url') }
} as const;

export type RegistryAuth = 'htpasswd' | 'token';

export interface RealRegistry {
  /** host:port on 127.0.0.1, unchanged after kill and start. */
  readonly host: string;
  /** The requests to its token server; empty with htpasswd. */
  readonly tokenRequests: readonly string[];
  /** The registry's log so far, including access lines. */
  log(): string;
  /** Kills it, like a crash. */
  kill(): Promise<void>;
  /** Starts it again with the same port and storage. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

export interface RealRegistryOptions {
  /** Size of a separate disk for its storage; default: the machine's disk. */
  readonly diskBytes?: number;
}

/**
 * Debian's docker-registry; with `token` like Docker Hub, with a token server that grants each user access to their own
 * namespace only.
 */
export async function startRegistry(
  auth: RegistryAuth,
  { diskBytes }: RealRegistryOptions = {}
): Promise<RealRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-registry-'));
  const at = (name: string): string => join(folder, name);
  mkdirSync(at('storage'));
  if (diskBytes !== undefined) mountDisk(at('storage'), diskBytes);
  const passwords = new Map(Object.values(users).map(({ username, secret }) => [username, secret]));
  const tokens = auth === 'token' ? await startTokenServer(folder, passwords) : undefined;
  const host = `127.0.0.1:${await findFreePort()}`;
  // bcrypt's lowest cost: the registry verifies it on every request.
  const lines = [...passwords].map(([name, secret]) => `${name}:${hashSync(secret, 4)}\n`);
  writeFileSync(at('htpasswd'), lines.join(''));
  const configuration = {
    version: '0.1',
    log: { level: 'info', accesslog: { disabled: false } },
    storage: { filesystem: { rootdirectory: at('storage') }, delete: { enabled: true } },
    http: { addr: host },
    auth: tokens ? tokenAuth(tokens) : { htpasswd: { realm: 'slipway', path: at('htpasswd') } }
  };
  // JSON is YAML too.
  writeFileSync(at('registry.yml'), JSON.stringify(configuration));
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const log = openSync(at('log'), 'a');
    child = spawn('docker-registry', ['serve', at('registry.yml')], { stdio: ['ignore', log, log] });
    closeSync(log);
    await waitUntil(`the registry to answer; see ${at('log')}`, () => isReachable(`http://${host}/v2/`));
  };
  const kill = async (): Promise<void> => {
    if (child) await stopProcess(child, 'SIGKILL');
  };
  const stop = async (): Promise<void> => {
    if (child) await stopProcess(child);
    await tokens?.stop();
    if (diskBytes !== undefined) execFileSync('umount', ['-l', at('storage')]);
    rmSync(folder, { recursive: true, force: true });
  };

  await start();
  const log = (): string => readFileSync(at('log'), 'utf8');
  return { host, tokenRequests: tokens?.requests ?? [], log, kill, start, stop };
}

function tokenAuth({ realm, certificate }: TokenServer): object {
  return { token: { realm, service: tokenService, issuer: tokenIssuer, rootcertbundle: certificate } };
}

function findFreePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Whether it answers at all: without a login a registry responds with 401. */
async function isReachable(url: string): Promise<boolean> {
  const response = await fetch(url).catch(() => undefined);
  await response?.body?.cancel();
  return response !== undefined;
}
