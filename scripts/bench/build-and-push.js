import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultReference } from '#contract/domain/reference.ts';
import { runBuild } from '#core/build/run-build.ts';
import { pushImage } from '#core/push/push-image.ts';
import { loadBusybox } from '../../test/real-parts/base-images.ts';
import { connectTo } from '../../test/real-parts/engine-client.ts';
import { startEngine } from '../../test/real-parts/start-engine.ts';
import { startRegistry, users } from '../../test/real-parts/start-registry.ts';
import { measurePair } from './measure-pair.js';

const [engine, registry] = await Promise.all([startEngine(), startRegistry('htpasswd')]);
const root = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
const job = { signal: new AbortController().signal, emit: () => undefined };
const { username, secret } = users.alice;

try {
  await loadBusybox(engine);
  const client = await connectTo(engine);
  const dockerfileText = 'FROM busybox\nCOPY . /project\nRUN head -c 50000000 /dev/urandom > /bytes\n';
  writeFileSync(join(root, 'Dockerfile'), dockerfileText);
  mkdirSync(join(root, 'files'));
  for (let file = 0; file < 2000; file++) writeFileSync(join(root, 'files', `${file}`), `${file}`);
  const options = { tag: 'ours:1', buildArgs: {}, target: null, noCache: true, pull: false };
  const request = {
    engine: client,
    root,
    dockerfile: 'Dockerfile',
    dockerfileText,
    options,
    loginFor: async () => null,
    clientId: 'bench'
  };
  const theirs = ['build', '--no-cache', '--network', 'host', '-q', '-t', 'theirs:1', root];
  await measurePair(
    { name: 'build, 2,000 files and a RUN of 50 MB (BuildKit)', run: () => runBuild(request, job) },
    { name: 'docker build, its classic builder (the same engine)', run: () => engine.docker(...theirs) },
    3
  );

  // Each push must send a layer that the registry does not have, so each follows a new build.
  let round = 0;
  const fresh = async (tag) => {
    await runBuild({ ...request, options: { ...options, tag } }, job);
    return tag;
  };
  const times = { ours: [], theirs: [] };
  const login = JSON.stringify({
    auths: { [registry.host]: { auth: Buffer.from(`${username}:${secret}`).toString('base64') } }
  });
  const configFolder = join(root, '..', `slipway-bench-config-${process.pid}`);
  mkdirSync(configFolder);
  writeFileSync(join(configFolder, 'config.json'), login, { mode: 0o600 });
  for (; round < 3; round++) {
    const reference = {
      ...defaultReference({ registry: registry.host, username, projectName: 'ours' }),
      tag: `${round}`
    };
    await fresh(`ours:${round}`);
    let startedAt = performance.now();
    await pushImage({ engine: client, imageId: `ours:${round}`, reference, login: { username, secret } }, job);
    times.ours.push(performance.now() - startedAt);
    const name = `${registry.host}/${username}/theirs:${round}`;
    await fresh(name);
    startedAt = performance.now();
    await engine.docker('--config', configFolder, 'push', '-q', name);
    times.theirs.push(performance.now() - startedAt);
  }
  rmSync(configFolder, { recursive: true });
  const median = (numbers) => [...numbers].sort((a, b) => a - b)[1] / 1000;
  const [ours, cli] = [median(times.ours), median(times.theirs)];
  console.log(
    `| push, 52 MB | ${ours.toFixed(2)} s | docker push (the same engine) | ${cli.toFixed(2)} s | ${(ours / cli).toFixed(2)} |`
  );
} finally {
  await Promise.all([engine.stop(), registry.stop()]);
  rmSync(root, { recursive: true, force: true });
}
