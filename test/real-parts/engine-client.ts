import { execFileSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { connectEngine } from '#core/engine/connect-engine.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { readJsonLines } from '#core/util/read-json-lines.ts';

/** Our own client, connected to a running engine. */
export function connectTo({ socketPath }: { readonly socketPath: string }): Promise<EngineClient> {
  const candidate = { id: 'test', name: 'Test engine', source: 'docker-host', address: socketPath } as const;
  return connectEngine({ candidate, target: { kind: 'socket', socketPath }, automatic: true });
}

/** An image of one layer with `sizeBytes` random bytes, which gzip cannot compress. */
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
  throw new Error('The import returned no image id.');
}
