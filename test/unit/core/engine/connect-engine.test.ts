import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createNetServer } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cancelled } from '#core/util/app-error.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import { parseEngineAddress } from '#core/docker-config/engine-address.ts';
import { toDiscoveredEngine } from '#core/engine/discovered-engine.ts';
import { asOrdinaryUser } from '../ordinary-user.ts';
import { FakeEngine, HEALTHY, scratchDir } from './fake-engine.ts';

let scratch: Awaited<ReturnType<typeof scratchDir>>;
const engines: FakeEngine[] = [];

beforeEach(async () => {
  scratch = await scratchDir();
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
  await scratch.remove();
});

async function fake(answers: FakeEngine['answers'] = {}): Promise<FakeEngine> {
  const engine = await new FakeEngine(scratch.path('e.sock'), answers).start();
  engines.push(engine);
  return engine;
}

function version(change: object): FakeEngine['answers'] {
  const healthy = { Version: '28.5.2', ApiVersion: '1.51', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' };
  return { '/version': (_request, response) => void response.end(JSON.stringify({ ...healthy, ...change })) };
}

describe('an engine that answers', () => {
  it('is described', async () => {
    const engine = await fake();
    expect((await connectEngine(engine.found)).info).toEqual({
      candidate: engine.found.candidate,
      product: 'Docker',
      version: '28.5.2',
      apiVersion: '1.51',
      buildkit: true,
      operatingSystem: 'Debian',
      platform: 'linux/amd64',
      store: 'overlay2'
    });
    expect(engine.requests.map(({ url }) => url)).toEqual(['/_ping', '/version', '/v1.51/info']);
  });

  it('is Podman if it reports so, and then has no BuildKit', async () => {
    const engine = await fake({
      '/_ping': (_request, response) =>
        void response.writeHead(200, { 'libpod-api-version': '4.3.1', 'builder-version': '' }).end('OK')
    });
    expect((await connectEngine(engine.found)).info).toMatchObject({ product: 'Podman', buildkit: false });
  });

  it.each([
    ['1', false],
    ['2', true],
    [undefined, true]
  ])('with Builder-Version %s has BuildKit: %s', async (header, buildkit) => {
    const engine = await fake({
      '/_ping': (_request, response) =>
        void response.writeHead(200, header === undefined ? {} : { 'builder-version': header }).end('OK')
    });
    expect((await connectEngine(engine.found)).info.buildkit).toBe(buildkit);
  });

  it('stores images in containerd if its snapshotter is in use', async () => {
    const DriverStatus = [['driver-type', 'io.containerd.snapshotter.v1']];
    const engine = await fake({
      '/info': (_request, response) => void response.end(JSON.stringify({ Driver: 'overlayfs', DriverStatus }))
    });
    expect((await connectEngine(engine.found)).info).toMatchObject({ store: 'containerd', operatingSystem: '' });
  });

  it.each([
    ['1.41', '1.12', '1.41'],
    ['1.51', '1.24', '1.51'],
    ['1.60', '1.44', '1.51'],
    ['2.0', '1.44', '1.51']
  ])('with API %s (from %s) uses API %s', async (ApiVersion, MinAPIVersion, spoken) => {
    const engine = await fake(version({ ApiVersion, MinAPIVersion }));
    expect((await connectEngine(engine.found)).info.apiVersion).toBe(spoken);
  });
});

describe('an engine that cannot be used', () => {
  it('is too old', async () => {
    const engine = await fake(version({ ApiVersion: '1.39' }));
    await expect(connectEngine(engine.found)).rejects.toMatchObject({
      data: { code: 'engine-too-old', engine: 'Fake', apiVersion: '1.39' }
    });
  });

  it('is too new', async () => {
    const engine = await fake(version({ ApiVersion: '1.70', MinAPIVersion: '1.52' }));
    await expect(connectEngine(engine.found)).rejects.toMatchObject({ data: { code: 'engine-failed' } });
  });

  it.each<[string, FakeEngine['answers']]>([
    ['does not identify as an engine', { '/version': (_request, response) => void response.end('{}') }],
    ['sends wrong types', version({ ApiVersion: 141, Version: ['x'] })],
    ['sends a strange API version', version({ ApiVersion: '1.51/../../x' })],
    ['sends no JSON', { '/version': (_request, response) => void response.end('<html>') }],
    ['sends endless JSON', { '/info': (_request, response) => void response.end('['.repeat(5_000_000)) }],
    ['sends null', { '/info': (_request, response) => void response.end('null') }],
    ['refuses', { '/_ping': (_request, response) => void response.writeHead(403).end('no') }]
  ])('%s', async (_name, answers) => {
    const engine = await fake(answers);
    await expect(connectEngine(engine.found)).rejects.toMatchObject({ data: { code: 'engine-failed' } });
  });

  it.each(['/_ping', '/version', '/v1.51/info'])('times out at %s', async (path) => {
    const name = path.replace('/v1.51', '');
    const engine = await fake({
      [name]: (_request, response) => {
        if (name === '/info') response.write('{');
        else response.flushHeaders();
      }
    });
    await expect(connectEngine(engine.found, undefined, { limitMs: 100 })).rejects.toMatchObject({
      data: { code: 'engine-unreachable', engine: 'Fake' }
    });
    await closed(engine);
  });

  it('does not exist', async () => {
    await expect(connectEngine(new FakeEngine(scratch.path('none.sock')).found)).rejects.toMatchObject({
      data: { code: 'engine-unreachable' }
    });
  });

  it('does not speak HTTP, or hangs up', async () => {
    for (const words of ['SSH-2.0-OpenSSH\r\n', '']) {
      const server = createNetServer((socket) => socket.resume().end(words));
      await new Promise<void>((resolve) => void server.listen(scratch.path('n.sock'), resolve));
      await expect(connectEngine(new FakeEngine(scratch.path('n.sock')).found)).rejects.toMatchObject({
        data: { code: 'engine-unreachable' }
      });
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('denies permission', async () => {
    const engine = await fake();
    await chmod(engine.socketPath, 0);
    await asOrdinaryUser(scratch.path('.'), () =>
      expect(connectEngine(engine.found)).rejects.toMatchObject({
        data: { code: 'engine-permission', socketPath: engine.socketPath }
      })
    );
  });
});

it('ends as Cancelled when stopped, and disconnects', async () => {
  const controller = new AbortController();
  const engine = await fake({ '/version': () => controller.abort() });
  await expect(connectEngine(engine.found, controller.signal)).rejects.toBeInstanceOf(Cancelled);
  await closed(engine);
});

it('ignores an invalid DOCKER_HOST in the environment', async () => {
  const engine = await fake();
  const before = process.env['DOCKER_HOST'];
  process.env['DOCKER_HOST'] = 'tcp://[broken';
  try {
    await connectEngine(engine.found);
    expect(process.env['DOCKER_HOST']).toBe('tcp://[broken');
  } finally {
    if (before === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = before;
  }
});

it('uses TLS with both certificates verified', async () => {
  await mkdir(scratch.path('tls'));
  await makeCertificate(scratch.path('tls'));
  const [key, cert] = await Promise.all(['key', 'cert'].map((name) => readFile(scratch.path(`tls/${name}.pem`))));
  const server = createTlsServer({ key, cert, ca: cert, requestCert: true }, (request, response) => {
    HEALTHY[(request.url ?? '').replace(/^\/v[\d.]+/, '')]?.(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const text = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const at = (directory: string, verify: boolean): ReturnType<typeof toDiscoveredEngine> => {
    const target = parseEngineAddress(text, { directory, verify });
    if (target === undefined) throw new Error('not an address');
    return toDiscoveredEngine('docker-host', 'TLS', target);
  };
  expect((await connectEngine(at(scratch.path('tls'), true))).info.version).toBe('28.5.2');
  await expect(connectEngine(at(scratch.path('nothing'), true))).rejects.toMatchObject({
    data: { code: 'engine-unreachable' }
  });
  await expect(connectEngine(at(scratch.path('nothing'), false))).rejects.toMatchObject({
    data: { code: 'engine-unreachable' }
  });
  await new Promise((resolve) => server.close(resolve));
});

describe('over ssh', () => {
  const ssh = async (script: string): Promise<NodeJS.ProcessEnv> => {
    await mkdir(scratch.path('bin'));
    await writeFile(scratch.path('bin/ssh'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return { PATH: `${scratch.path('bin')}:${process.env['PATH'] ?? ''}` };
  };
  const found = toDiscoveredEngine('context', 'Far', { kind: 'ssh', user: 'me', host: 'far.example', port: 2222 });

  it("uses the system's ssh", async () => {
    const engine = await fake();
    const relay = `require("net").connect("${engine.socketPath}").on("connect",function(){process.stdin.pipe(this).pipe(process.stdout)})`;
    const env = await ssh(`echo "$@" >> ${scratch.path('args')}\nexec ${process.execPath} -e '${relay}'`);
    const client = await connectEngine(found, undefined, { env });
    expect(client.info.version).toBe('28.5.2');
    engine.answers['/x'] = (_request, response) => void response.end('{"a":1}');
    expect(await client.json({ method: 'GET', path: '/x' })).toEqual({ a: 1 });
    const [first] = (await readFile(scratch.path('args'), 'utf8')).split('\n');
    expect(first).toBe(
      '-T -o BatchMode=yes -o ConnectTimeout=10 -l me -p 2222 -- far.example docker system dial-stdio'
    );
    await closed(engine);
  });

  it.each([
    ['/run/user/1000/podman/podman.sock', 'unix:///run/user/1000/podman/podman.sock'],
    ["/tmp/it's $(me)", "'unix:///tmp/it'\\''s $(me)'"]
  ])('names the socket %s on the host, which a shell there reads', async (socketPath, word) => {
    const env = await ssh(`echo "$@" >> ${scratch.path('args')}\nexit 1`);
    const target = { kind: 'ssh', user: undefined, host: 'far.example', port: undefined, socketPath } as const;
    await connectEngine(toDiscoveredEngine('context', 'Far', target), undefined, { env }).catch(() => undefined);
    const [first] = (await readFile(scratch.path('args'), 'utf8')).split('\n');
    expect(first).toContain(`-- far.example docker --host ${word} system dial-stdio`);
  });

  it("reports ssh's own error", async () => {
    const env = await ssh('echo "Host key verification failed." >&2; exit 255');
    await expect(connectEngine(found, undefined, { env })).rejects.toMatchObject({
      data: { code: 'engine-unreachable', engine: 'Far', detail: 'Host key verification failed.' }
    });
  });

  it('reports that ssh is missing', async () => {
    const env = { PATH: scratch.path('empty') };
    await expect(connectEngine(found, undefined, { env })).rejects.toMatchObject({
      data: { code: 'engine-unreachable' }
    });
  });
});

async function closed(engine: FakeEngine): Promise<void> {
  await Promise.all([...engine.sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
}

async function makeCertificate(directory: string): Promise<void> {
  const subject = ['-subj', '/CN=engine', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', `${directory}/key.pem`, '-out', `${directory}/cert.pem`];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  await promisify(execFile)('openssl', ['req', ...kind, ...files, ...subject]);
  await writeFile(`${directory}/ca.pem`, await readFile(`${directory}/cert.pem`));
}
