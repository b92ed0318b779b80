import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runBuild } from '#core/build/run-build.ts';
import { connectTo } from '../../test/real-parts/engine-client.ts';
import { newerEngine, startEngine } from '../../test/real-parts/start-engine.ts';
import { measurePair } from './measure-pair.js';

const PAIRS = 9;
const FILES = 10_000;
const release = 'sid';
const buildx = join(newerEngine(release) ?? '', 'usr/libexec/docker/cli-plugins/docker-buildx');
if (!existsSync(buildx)) {
  console.log(`no buildx in .cache/engines/${release}: no comparison of the context`);
  process.exit(0);
}

const work = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
const config = join(work, 'config');
mkdirSync(join(config, 'cli-plugins'), { recursive: true });
symlinkSync(buildx, join(config, 'cli-plugins/docker-buildx'));
const engine = await startEngine({ release });
const job = { signal: new AbortController().signal, emit: () => undefined };

try {
  const client = await connectTo(engine);
  const env = { ...process.env, DOCKER_CONFIG: config, DOCKER_HOST: engine.host };
  const measure = async (name, megabytes, dockerfileText) => {
    const root = join(work, `${megabytes}`);
    const bytes = Buffer.alloc((megabytes * 1_000_000) / FILES, 'some text of a file\n');
    for (let folder = 0; folder < 100; folder++) {
      mkdirSync(join(root, `${folder}`), { recursive: true });
      for (let file = 0; file < FILES / 100; file++) writeFileSync(join(root, `${folder}/${file}`), bytes);
    }
    mkdirSync(join(root, 'app'));
    writeFileSync(join(root, 'Dockerfile'), dockerfileText);
    // Neither may use what the other has built from the cache.
    let change = 0;
    const changeFiles = () => {
      writeFileSync(join(root, 'app/main'), `${change++}`);
      writeFileSync(join(root, '42/42'), `${change}`);
    };
    const options = { tag: 'ours:1', buildArgs: {}, target: null, noCache: false, pull: false };
    const request = { engine: client, root, dockerfile: 'Dockerfile', dockerfileText, options, clientId: 'bench' };
    const ours = async () => {
      changeFiles();
      await runBuild({ ...request, loginFor: async () => null }, job);
    };
    const theirs = async () => {
      changeFiles();
      await promisify(execFile)('docker', ['buildx', 'build', '-q', '-t', 'theirs:1', root], { env });
    };
    await measurePair({ name, run: ours }, { name: 'docker buildx build', run: theirs }, PAIRS);
    rmSync(root, { recursive: true });
  };
  await measure('build again, 10,000 files and 300 MB, a small one is copied', 300, 'FROM scratch\nCOPY app /app\n');
  await measure('build again, 10,000 files and 100 MB, all are copied', 100, 'FROM scratch\nCOPY . /app\n');
} finally {
  await engine.stop();
  rmSync(work, { recursive: true, force: true });
}
