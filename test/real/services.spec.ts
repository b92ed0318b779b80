import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadBusybox } from '../real-parts/base-images.ts';
import { startEngine, type RealEngine } from '../real-parts/start-engine.ts';
import { startBusWithoutSecretService, startKeyring, type SessionBus } from '../real-parts/start-keyring.ts';
import { startPodman } from '../real-parts/start-podman.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';

const execute = promisify(execFile);
let engine: RealEngine;
const project = mkdtempSync(join(tmpdir(), 'slipway-parts-'));

beforeAll(async () => {
  engine = await startEngine();
  await loadBusybox(engine);
  writeFileSync(join(project, 'Dockerfile'), 'FROM busybox\nRUN echo from-a-step > /said\n');
});
afterAll(async () => {
  await engine.stop();
  rmSync(project, { recursive: true });
});

/** Posts to the engine directly, and returns the response's text. */
function post(socketPath: string, path: string, body: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-tar' };
    const clientRequest = request({ socketPath, path, method: 'POST', headers }, (answer) => {
      text(answer).then(resolve, reject);
    });
    clientRequest.on('error', reject);
    clientRequest.end(body);
  });
}

describe('the engine', () => {
  it.each(['1', '2'])('runs RUN, with builder %s', async (version) => {
    // BuildKit requires the bridge that this engine does not have; the classic builder does not.
    const query = new URLSearchParams({ version, nocache: '1', t: `parts:${version}`, networkmode: 'host' });
    const context = execFileSync('tar', ['-C', project, '-c', 'Dockerfile']);
    const answer = await post(engine.socketPath, `/build?${query.toString()}`, context);
    expect(answer).not.toContain('"error"');
    expect(await engine.docker('save', `parts:${version}`)).toContain('from-a-step');
  });

  it('keeps its images after a crash, and leaves no mounts and no data behind', async () => {
    const own = await startEngine();
    const folder = own.socketPath.replace(/\/[^/]+$/, '');
    try {
      await loadBusybox(own);
      await own.kill();
      await expect(own.docker('version')).rejects.toThrow();
      await own.start();
      expect(await own.docker('images', '-q', 'busybox')).not.toBe('');
    } finally {
      await own.stop();
    }
    expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(folder);
    expect(() => readFileSync(join(folder, 'daemon.json'))).toThrow();
  });
});

describe.each(['htpasswd', 'token'] as const)('a registry with %s', (auth) => {
  let registry: RealRegistry;
  beforeAll(async () => {
    registry = await startRegistry(auth);
  });
  afterAll(() => registry.stop());

  const push = async (username: string, secret: string, repository: string): Promise<string> => {
    const config = mkdtempSync(join(project, 'config-'));
    const login = { auths: { [registry.host]: { auth: Buffer.from(`${username}:${secret}`).toString('base64') } } };
    writeFileSync(join(config, 'config.json'), JSON.stringify(login));
    const name = `${registry.host}/${repository}:1`;
    await engine.docker('tag', 'busybox', name);
    return engine.docker('--config', config, 'push', name);
  };

  it('accepts a push with the right password, and keeps it after a crash', async () => {
    expect(await push('alice', users.alice.secret, 'alice/busybox')).toContain('digest: sha256:');
    await registry.kill();
    await registry.start();
    const again = await push('alice', users.alice.secret, 'alice/busybox');
    expect(again).toContain('Layer already exists');
  });

  it('rejects a wrong password', async () => {
    await expect(push('alice', 'wrong', 'alice/other')).rejects.toThrow(/unauthorized/);
  });
});

it("denies a push into another user's namespace, like Docker Hub", async () => {
  const registry = await startRegistry('token');
  try {
    const config = mkdtempSync(join(project, 'config-'));
    const auth = Buffer.from(`bob:${users.bob.secret}`).toString('base64');
    writeFileSync(join(config, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
    await engine.docker('tag', 'busybox', `${registry.host}/alice/busybox:1`);
    const denied = engine.docker('--config', config, 'push', `${registry.host}/alice/busybox:1`);
    await expect(denied).rejects.toThrow(/requested access to the resource is denied/);
    expect(registry.tokenRequests.join('\n')).toContain('bob repository:alice/busybox:');
  } finally {
    await registry.stop();
  }
});

describe('the session bus', () => {
  const program = `
    const keytar = require('@github/keytar');
    const take = async () => {
      await keytar.setPassword('slipway-parts', 'alice', 'kept');
      const got = await keytar.getPassword('slipway-parts', 'alice');
      await keytar.deletePassword('slipway-parts', 'alice');
      return got + ' ' + (await keytar.getPassword('slipway-parts', 'alice'));
    };
    take().then(console.log, (error) => { console.error(error.message); process.exitCode = 1; });`;
  const use = async (bus: SessionBus): Promise<string> => {
    const env = { PATH: process.env['PATH'], ...bus.env };
    return (await execute(process.execPath, ['-e', program], { env })).stdout.trim();
  };

  it('stores and returns secrets', async () => {
    const bus = await startKeyring();
    try {
      expect(await use(bus)).toBe('kept null');
    } finally {
      await bus.stop();
    }
  });

  it('can be without a Secret Service', async () => {
    const bus = await startBusWithoutSecretService();
    try {
      await expect(use(bus)).rejects.toThrow(/org\.freedesktop\.secrets/);
    } finally {
      await bus.stop();
    }
  });
});

it('Podman answers, and builds', async () => {
  const podman = await startPodman();
  try {
    const remote = ['--remote', '--url', podman.host];
    expect(podman.podman(...remote, 'version', '--format', '{{.Server.Version}}')).toMatch(/^\d+\.\d+/);
    mkdirSync(join(project, 'empty'), { recursive: true });
    writeFileSync(join(project, 'empty/Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n');
    expect(podman.podman(...remote, 'build', '--quiet', join(project, 'empty'))).toMatch(/[0-9a-f]{64}$/);
  } finally {
    await podman.stop();
  }
});
