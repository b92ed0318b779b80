import { createHash } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseContextMeta } from '#core/docker-config/docker-contexts.ts';
import { findEngines } from '#core/engine/find-engines.ts';
import type { HostEnvironment } from '#core/util/host-environment.ts';
import { scratchDir } from './fake-engine.ts';

let scratch: Awaited<ReturnType<typeof scratchDir>>;
const servers: Server[] = [];

beforeEach(async () => {
  scratch = await scratchDir();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  await scratch.remove();
});

function around(env: NodeJS.ProcessEnv = {}, platform: NodeJS.Platform = 'linux'): HostEnvironment {
  return { env, homeDir: scratch.path('h'), platform, rootDir: scratch.path('r') };
}

async function socketAt(name: string): Promise<string> {
  const path = scratch.path(name);
  await mkdir(dirname(path), { recursive: true });
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(path, resolve));
  return path;
}

async function fileAt(name: string, text: string): Promise<void> {
  await mkdir(dirname(scratch.path(name)), { recursive: true });
  await writeFile(scratch.path(name), text);
}

function idOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

async function contextAt(name: string, host: string, tls = false): Promise<void> {
  const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } };
  await fileAt(`h/.docker/contexts/meta/${idOf(name)}/meta.json`, JSON.stringify(meta));
  if (tls) await fileAt(`h/.docker/contexts/tls/${idOf(name)}/docker/ca.pem`, 'x');
}

async function list(environment: HostEnvironment): Promise<string[]> {
  const { engines } = await findEngines(environment);
  return engines.map(({ candidate }) => `${candidate.source} ${candidate.name}`);
}

describe('findEngines', () => {
  it('finds nothing on an empty machine', async () => {
    expect(await findEngines(around())).toEqual({ engines: [], problems: [] });
  });

  it('lists every default socket in order', async () => {
    for (const name of ['r/run/docker.sock', 'x/docker.sock', 'h/.docker/desktop/docker.sock', 'h/.rd/docker.sock']) {
      await socketAt(name);
    }
    for (const name of ['h/.colima/work/docker.sock', 'h/.colima/default/docker.sock', 'h/.orbstack/run/docker.sock']) {
      await socketAt(name);
    }
    await socketAt('x/podman/podman.sock');
    await socketAt('h/.local/share/containers/podman/machine/dev.sock');
    await contextAt('prod', 'ssh://me@prod');
    await contextAt('work', 'tcp://10.0.0.1:2376', true);
    await fileAt('h/.docker/config.json', '{"currentContext":"work","auths":{}}');
    const found = await list(around({ DOCKER_HOST: 'tcp://1.2.3.4', XDG_RUNTIME_DIR: scratch.path('x') }));
    expect(found).toEqual([
      'docker-host DOCKER_HOST',
      'context work',
      'system Docker',
      'rootless Docker (rootless)',
      'docker-desktop Docker Desktop',
      'colima Colima',
      'colima Colima (work)',
      'rancher-desktop Rancher Desktop',
      'orbstack OrbStack',
      'podman Podman',
      'podman Podman (dev)',
      'context prod'
    ]);
  });

  it('contacts no remote engine automatically except the current one', async () => {
    await contextAt('prod', 'ssh://me@prod');
    await contextAt('near', `unix://${await socketAt('near.sock')}`);
    await contextAt('work', 'tcp://10.0.0.1:2376', true);
    const { engines } = await findEngines(around({ DOCKER_CONTEXT: 'work' }));
    expect(engines.map(({ candidate, automatic }) => [candidate.name, automatic])).toEqual([
      ['work', true],
      ['near', true],
      ['prod', false]
    ]);
    const directory = scratch.path(`h/.docker/contexts/tls/${idOf('work')}/docker`);
    expect(engines[0]?.target).toMatchObject({ kind: 'tcp', tls: { directory, verify: true } });
  });

  it('lists a socket with two paths once, with the same id each time', async () => {
    const path = await socketAt('r/run/docker.sock');
    await mkdir(scratch.path('r/var'), { recursive: true });
    await symlink(scratch.path('r/run'), scratch.path('r/var/run'));
    await contextAt('same', `unix://${path}`);
    const first = await findEngines(around());
    expect(first.engines).toHaveLength(1);
    expect(await findEngines(around())).toEqual(first);
    expect(await list(around({ DOCKER_HOST: `unix://${path}` }))).toEqual(['docker-host DOCKER_HOST']);
  });

  it('omits files that are not sockets', async () => {
    await fileAt('r/run/docker.sock', '');
    expect(await list(around())).toEqual([]);
  });

  it.each([
    ['{"currentContext":', { reason: 'invalid-json' }],
    ['{"currentContext":7}', { reason: 'unexpected-format', fields: 'currentContext' }],
    ['[]', { reason: 'unexpected-format', fields: 'document' }]
  ])('reports that config.json is broken (%s) and continues', async (text, detail) => {
    await fileAt('h/.docker/config.json', text);
    await socketAt('r/run/docker.sock');
    const { engines, problems } = await findEngines(around());
    expect(engines).toHaveLength(1);
    expect(problems.map(({ error }) => error)).toEqual([
      { code: 'docker-config-invalid', path: scratch.path('h/.docker/config.json'), detail }
    ]);
  });

  it('reports that DOCKER_HOST or the current context is invalid, and continues', async () => {
    await socketAt('r/run/docker.sock');
    const { engines, problems } = await findEngines(around({ DOCKER_HOST: 'fd://3', DOCKER_CONTEXT: 'gone' }));
    expect(engines).toHaveLength(1);
    expect(problems.map(({ error }) => error.code)).toEqual(['engine-failed', 'engine-failed']);
  });

  it('reads DOCKER_CONFIG and the TLS settings of the environment', async () => {
    const env = { DOCKER_HOST: 'tcp://far', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' };
    const { engines } = await findEngines(around(env));
    expect(engines[0]?.target).toEqual({
      kind: 'tcp',
      host: 'far',
      port: 2375,
      tls: { directory: '/certs', verify: true }
    });
    const docker = { DOCKER_TLS_VERIFY: '1', DOCKER_CONFIG: scratch.path('none') };
    expect((await findEngines(around(docker))).engines[0]?.target).toEqual({
      kind: 'tcp',
      host: 'localhost',
      port: 2376,
      tls: { directory: scratch.path('none'), verify: true }
    });
    await fileAt('other/config.json', '{"currentContext":"gone"}');
    expect((await findEngines(around({ DOCKER_CONFIG: scratch.path('other') }))).problems).toHaveLength(1);
  });

  it('reports a context whose address is none, and finds the sockets behind ssh', async () => {
    await contextAt('odd', 'fd://3');
    const { problems } = await findEngines(around({ DOCKER_CONTEXT: 'odd' }));
    expect(problems.map(({ error }) => error)).toEqual([
      { code: 'engine-failed', detail: { reason: 'context-invalid', context: 'odd' } }
    ]);
    await contextAt('pod', 'ssh://me@far/run/podman.sock');
    const found = await findEngines(around({ DOCKER_CONTEXT: 'pod' }));
    expect(found.problems).toEqual([]);
    expect(found.engines[0]?.candidate).toMatchObject({ name: 'pod', address: 'ssh://me@far/run/podman.sock' });
  });

  it('checks named pipes on Windows', async () => {
    expect((await findEngines(around({}, 'win32'))).engines.every(({ target }) => target.kind === 'socket')).toBe(true);
  });
});

describe('parseContextMeta', () => {
  it("parses any text without an error, and accepts only docker's format", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseContextMeta(text, idOf('x'))).toBeUndefined();
      })
    );
  });

  it('preserves every name and address', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 50 }),
        fc.domain(),
        fc.integer({ min: 1, max: 65_535 }),
        (name, host, port) => {
          const text = JSON.stringify({ Name: name, Endpoints: { docker: { Host: `tcp://${host}:${port}` } } });
          expect(parseContextMeta(text, idOf(name))).toEqual({ name, target: { kind: 'tcp', host, port } });
          expect(parseContextMeta(text, idOf(`${name}x`))).toBeUndefined();
        }
      )
    );
  });
});
