import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PushEvent } from '#contract/schema/push.ts';
import { AppError } from '#core/util/app-error.ts';
import type { Login } from '#core/docker-config/login.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import { pushBuiltImage } from '#core/push/push-built-image.ts';
import { FakeEngine, scratchDir } from '../engine/fake-engine.ts';

const digest = `sha256:${'ab'.repeat(32)}`;
const imageId = `sha256:${'12'.repeat(32)}`;
const diffIds = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
const comment = 'buildkit.dockerfile.v0';
const history = [
  { Created: 20, CreatedBy: 'RUN /bin/sh -c make # buildkit', Size: 5, Comment: comment },
  { Created: 10, CreatedBy: 'COPY . . # buildkit', Size: 100, Comment: comment }
];
const logins: Record<string, Login> = {
  'docker.io': { username: 'hub-user', secret: 'hub-secret' },
  'registry.example:5000': { username: 'own-user', secret: 'own-secret' }
};

let scratch: Awaited<ReturnType<typeof scratchDir>>;
let fake: FakeEngine;
let requestedHosts: string[];
let events: PushEvent[];

beforeEach(async () => {
  scratch = await scratchDir();
  requestedHosts = [];
  events = [];
  const lines = [
    { status: 'Pushing', progressDetail: { current: 5, total: 5 }, id: 'bbbbbbbbbbbb' },
    { status: 'Pushed', progressDetail: {}, id: 'bbbbbbbbbbbb' },
    { status: `1: digest: ${digest} size: 1574` },
    { progressDetail: {}, aux: { Tag: '1', Digest: digest, Size: 1574 } }
  ];
  fake = await new FakeEngine(scratch.path('e.sock'), {
    [`/images/${imageId}/json`]: (_request, response) =>
      response.end(JSON.stringify({ Id: imageId, RootFS: { Layers: diffIds } })),
    [`/images/${imageId}/history`]: (_request, response) => response.end(JSON.stringify(history)),
    [`/images/${imageId}/tag`]: (_request, response) => response.writeHead(201).end(),
    '/images/registry.example:5000/ada/x/push': (_request, response) =>
      response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }).start();
});
afterEach(async () => {
  await fake.stop();
  await scratch.remove();
});

async function push(reference: string): Promise<unknown> {
  const loginFor = (host: string): Promise<Login | null> => {
    requestedHosts.push(host);
    return Promise.resolve(logins[host] ?? null);
  };
  const engine = await connectEngine(fake.found);
  const job = { signal: new AbortController().signal, emit: (event: PushEvent) => void events.push(event) };
  return pushBuiltImage({ imageId, reference }, { engine, loginFor }, job).catch((error: unknown) =>
    error instanceof AppError ? error.data : error
  );
}

describe('pushBuiltImage', () => {
  it("sends the login of the name's own registry, and reads no other", async () => {
    expect(await push('registry.example:5000/ada/x:1')).toMatchObject({ digest });
    expect(requestedHosts).toEqual(['registry.example:5000']);
    const auth = fake.requests.find(({ url }) => url.includes('/push'))?.headers['x-registry-auth'];
    expect(JSON.parse(Buffer.from(String(auth), 'base64').toString())).toMatchObject({
      username: 'own-user',
      password: 'own-secret'
    });
  });

  it('names each layer by the instruction that made it', async () => {
    await push('registry.example:5000/ada/x:1');
    const layers = events.flatMap((event) => (event.kind === 'layer' ? [event.layer] : []));
    expect(layers.at(-1)).toMatchObject({ id: 'bbbbbbbbbbbb', label: 'RUN make', totalBytes: 5 });
  });

  it('requests nothing for a name that is not valid', async () => {
    expect(await push('ada/X')).toMatchObject({ code: 'reference-invalid', reference: 'ada/X', reason: 'uppercase' });
    expect(requestedHosts).toEqual([]);
    expect(fake.requests.some(({ url }) => url.includes('/images/'))).toBe(false);
  });
});
