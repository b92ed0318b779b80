import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomFillSync } from 'node:crypto';
import { Readable } from 'node:stream';
import { connectEngine } from '../../electron/core/engine/connect-engine.ts';
import type { EngineClient } from '../../electron/core/engine/engine-client.ts';
import { readJsonLines } from '../../electron/core/engine/read-json-lines.ts';
import { end, until } from './registry-parts.ts';

export interface RealEngine {
  client: EngineClient;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** A dockerd of Debian's with its own socket and data, and no network. */
export async function startEngine(directory: string): Promise<RealEngine> {
  mkdirSync(directory, { recursive: true });
  const at = (name: string): string => path.join(directory, name);
  writeFileSync(at('daemon.json'), '{}');
  const log = openSync(at('log'), 'a');
  const isolated = ['--bridge=none', '--iptables=false', '--ip6tables=false'];
  const places = ['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid')];
  const child = spawn(
    'dockerd',
    ['--config-file', at('daemon.json'), '-H', `unix://${at('socket')}`, ...places, ...isolated],
    {
      stdio: ['ignore', log, log]
    }
  );
  await until(() => existsSync(at('socket')));
  const candidate = { id: 'test', name: 'Test engine', source: 'docker-host', address: at('socket') } as const;
  const target = { kind: 'socket', socketPath: at('socket') } as const;
  let client: EngineClient | undefined;
  await until(async () => {
    client = await connectEngine({ candidate, target, automatic: true }).catch(() => undefined);
    return client !== undefined;
  });
  if (client === undefined) throw new Error('dockerd did not answer');
  const crash = async (): Promise<void> => {
    const containerd = Number(readFileSync(at('exec/containerd/containerd.pid'), 'utf8'));
    await end(child, 'SIGKILL');
    // The engine's own child outlives it.
    process.kill(containerd, 'SIGTERM');
    await until(() => !existsSync(`/proc/${containerd}`));
    // As does its mount of the data directory upon itself.
    execFileSync('umount', [at('data')]);
  };
  let crashed: Promise<void> | undefined;
  return { client, kill: () => (crashed ??= crash()), stop: () => crashed ?? end(child, 'SIGTERM') };
}

/** An image of one layer with `sizeBytes` random bytes, so that no gzip makes it small. */
export async function importImage(
  client: EngineClient,
  directory: string,
  name: string,
  sizeBytes: number
): Promise<string> {
  const content = path.join(directory, name);
  mkdirSync(content, { recursive: true });
  writeFileSync(path.join(content, 'bytes'), randomFillSync(Buffer.alloc(sizeBytes)));
  const archive = execFileSync('tar', ['-C', content, '-c', '.'], { maxBuffer: sizeBytes + 1024 * 1024 });
  const query = { fromSrc: '-', repo: name, tag: 'latest' };
  const headers = { 'Content-Type': 'application/x-tar' };
  const body = Readable.from([archive]);
  const stream = await client.stream({ method: 'POST', path: '/images/create', query, headers, body });
  for await (const line of readJsonLines(stream)) {
    const { status } = line as { status?: string };
    if (status?.startsWith('sha256:') === true) return status;
  }
  throw new Error('The import gave no image id.');
}
