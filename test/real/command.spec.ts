import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analysisReportSchema } from '#contract/schema/analysis.ts';
import { buildUnpackedPackage } from '../real-parts/build-unpacked-package.ts';
import { digestOf, legacyFiles, makeImage, ociFiles, packFiles } from '../unit/core/archive/image-archive.ts';
import { skippableFrame, zstdFrame } from '../unit/core/tar/zstd-frame.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'slipway-command-'));
const image = await makeImage([{ kept: 'x'.repeat(100) }, { wasted: 'y'.repeat(900) }, { '.wh.wasted': '' }]);
const archive = await packFiles(legacyFiles(image));

interface CommandResult {
  status: number | null;
  out: string;
  err: string;
}

/** An environment without a desktop: no display, no session bus. */
const environment = { PATH: process.env['PATH'] ?? '', HOME: folder, LANG: 'C.UTF-8', INIT_CWD: folder };

function start(program: readonly string[], args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const [name = '', ...first] = program;
  return spawn(name, [...first, ...args], { cwd: folder, env: { ...environment, ...env }, detached: true });
}

async function finish(child: ChildProcess, input: Buffer | null = null): Promise<CommandResult> {
  const ran: CommandResult = { status: null, out: '', err: '' };
  child.stdout?.on('data', (part: Buffer) => (ran.out += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (ran.err += part.toString()));
  if (input !== null) child.stdin?.end(input);
  const [status, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  // A shell (here npm) reports a program killed by a signal as 128 plus the signal's number.
  return { ...ran, status: killedBy === 'SIGINT' ? 130 : status };
}

/** The parts of an engine that the command uses. */
function serveEngine(socket: string): Server {
  const id = `sha256:${'1'.repeat(64)}`;
  const answers: Readonly<Record<string, object | Buffer>> = {
    '/_ping': {},
    '/version': { ApiVersion: '1.41', MinAPIVersion: '1.12', Version: '20.10.24', Os: 'linux', Arch: 'amd64' },
    '/info': { OSType: 'linux', Architecture: 'x86_64', Name: 'made-up', DriverStatus: [] },
    '/images/sample:1/json': {
      Id: id,
      RepoTags: ['sample:1'],
      Size: 1,
      Created: '2024-01-01T00:00:00Z',
      Os: 'linux',
      Architecture: 'amd64',
      RootFS: { Layers: image.layers.map(digestOf) }
    },
    '/images/sample:1/get': archive
  };
  return createServer(({ url = '' }, response) => {
    const answer = answers[url.replace(/^\/v[\d.]+/, '').replace(/\?.*/, '')];
    response.setHeader('Api-Version', '1.41');
    if (answer === undefined) response.writeHead(404).end(JSON.stringify({ message: 'no such image' }));
    else response.end(Buffer.isBuffer(answer) ? answer : JSON.stringify(answer));
  }).listen(socket);
}

/** Links the command of the built package, as its installation does. */
async function linkInstalledCommand(): Promise<string> {
  const command = join(folder, 'command');
  symlinkSync(join(await buildUnpackedPackage(), 'slipway-command'), command);
  return command;
}

/** As XDG_RUNTIME_DIR: with the socket of a rootless engine. */
const runtimeFolder = join(folder, 'run');
const engineSocket = join(runtimeFolder, 'docker.sock');
let engine: Server;

beforeAll(async () => {
  // Builds the command if it is outdated.
  await finish(start([process.execPath, join(root, 'scripts/slipway.js')], ['--help']));
  writeFileSync(join(folder, 'image.tar'), archive);
  for (const [name, data] of Object.entries(ociFiles([image]))) {
    mkdirSync(dirname(join(folder, 'layout', name)), { recursive: true });
    writeFileSync(join(folder, 'layout', name), data);
  }
  mkdirSync(runtimeFolder);
  engine = serveEngine(engineSocket);
  await once(engine, 'listening');
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

const installed = await linkInstalledCommand();
const programs = [
  { name: 'the installed command', program: [installed] },
  { name: `the bundle on Node ${process.versions.node}`, program: [process.execPath, join(root, 'out/cli/cli.cjs')] },
  { name: 'a checkout', program: ['npm', '--prefix', root, 'run', '-s', 'slipway', '--'] }
];

describe.each(programs)('slipway analyze from $name, without a display', ({ program }) => {
  const slipway = (args: string[], input: Buffer | null = null, env: NodeJS.ProcessEnv = {}): Promise<CommandResult> =>
    finish(start(program, args, env), input);

  it('prints the documented report of an archive, a folder, the standard input and an engine', async () => {
    const sources = [
      await slipway(['analyze', 'image.tar', '--json']),
      await slipway(['analyze', 'layout', '--json']),
      await slipway(['analyze', '-', '--json'], archive),
      await slipway(['analyze', 'sample:1', '--json'], null, { DOCKER_HOST: `unix://${engineSocket}` })
    ];
    const kinds = sources.map(({ status, out, err }) => {
      expect(status, err).toBe(0);
      const report = analysisReportSchema.parse(JSON.parse(out));
      expect(report).toMatchObject({ imageSizeBytes: 1000, wastedBytes: 900, efficiency: 0.1 });
      return report.source.kind;
    });
    expect(kinds).toEqual(['archive', 'folder', 'archive', 'engine']);
  });

  it('reads layers of several zstd frames', async () => {
    const twoFrames = (layer: Buffer): Buffer =>
      Buffer.concat([zstdFrame(layer.subarray(0, 700)), skippableFrame(layer), zstdFrame(layer.subarray(700))]);
    writeFileSync(join(folder, 'frames.tar'), await packFiles(ociFiles([image], twoFrames)));
    const { status, out, err } = await slipway(['analyze', 'frames.tar', '--json']);
    expect(status, err).toBe(0);
    expect(analysisReportSchema.parse(JSON.parse(out))).toMatchObject({ imageSizeBytes: 1000, wastedBytes: 900 });
  });

  it('names the engine that it uses, and never falls back to another one', async () => {
    const used = await slipway(['analyze', 'sample:1', '--engine', `unix://${engineSocket}`]);
    expect(used.err).toContain(`(unix://${engineSocket})`);
    expect(used.status, used.err).toBe(0);
    for (const env of [{ DOCKER_HOST: `unix://${folder}/none.sock` }, { DOCKER_CONTEXT: 'gone' }]) {
      // The socket of a rootless engine answers, and docker would not use it either.
      const refused = await slipway(['analyze', 'sample:1'], null, { ...env, XDG_RUNTIME_DIR: runtimeFolder });
      expect(refused).toMatchObject({ status: 2, out: '' });
    }
    const found = await slipway(['analyze', 'sample:1'], null, { XDG_RUNTIME_DIR: runtimeFolder });
    expect(found.err).toContain(`(unix://${runtimeFolder}/docker.sock)`);
  });

  it('fails if the output cannot be written', async () => {
    for (const args of [
      ['analyze', 'image.tar'],
      ['analyze', 'image.tar', '--json'],
      ['--help'],
      ['completion', 'bash']
    ]) {
      const full = openSync('/dev/full', 'w');
      const [name = '', ...first] = program;
      const child = spawn(name, [...first, ...args], { cwd: folder, env: environment, stdio: ['pipe', full, 'pipe'] });
      const { status, err } = await finish(child);
      closeSync(full);
      expect(status).toBe(1);
      expect(err).toContain('ENOSPC');
    }
  });

  it('exits by the rules, by the error, and by an interrupt', async () => {
    expect(await slipway(['analyze', '--ci', 'image.tar'])).toMatchObject({ status: 1, err: '' });
    expect(await slipway(['analyze', 'image.tar'])).toMatchObject({ status: 0, err: '' });
    const missing = await slipway(['analyze', 'none.tar']);
    expect(missing).toMatchObject({ status: 2, out: '' });
    expect(missing.err).toContain('none.tar could not be read');
    expect(await slipway(['analyze', '--colors', 'image.tar'])).toMatchObject({ status: 2, out: '' });
    expect(await slipway(['--help'])).toMatchObject({ status: 0, err: '' });
    const waiting = start(program, ['analyze', '-', '--json']);
    const ended = finish(waiting);
    // More than a pipe's buffer: written only once the command reads, so that it is interrupted at work.
    const large = await packFiles(legacyFiles(await makeImage([{ large: Buffer.alloc(4_000_000, 'x') }])));
    await new Promise((resolveIt) => waiting.stdin?.write(large.subarray(0, 2_000_000), resolveIt));
    // Like a terminal: to all foreground processes.
    process.kill(-(waiting.pid ?? 0), 'SIGINT');
    expect(await ended).toMatchObject({ status: 130, out: '' });
  });
});

describe('the installed command', () => {
  it.each(['--versoin', 'anaylze', './missing', '--help-me'])('reports the unknown word %s', async (word) => {
    const { status, out, err } = await finish(start([installed], [word]));
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(word);
  });

  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    for (const flag of ['--version', '-v']) {
      expect(await finish(start([installed], [flag]))).toEqual({ status: 0, out: `slipway ${version}\n`, err: '' });
    }
  });
});
