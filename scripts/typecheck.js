// The types of every layer, each with its own tsconfig; then the Svelte components. As many at a time as there are processors.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root } from './setup/root.js';
import { runQuietly } from './setup/run.js';

const layers = ['electron/contract', 'electron/dockerfile', 'electron/core', 'electron/cli', 'electron/main', 'test'];
/** Remembers what was checked, so that only what changed is checked again. @param {string} layer */
const memory = (layer) => join(root, '.cache/types', `${layer.replace('/', '-')}.tsbuildinfo`);

const waiting = [
  ['svelte-check', '--tsconfig', 'renderer/tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  ...layers.map((layer) => ['tsc', '-p', layer, '--incremental', '--tsBuildInfoFile', memory(layer)])
];

async function checkNext() {
  for (let args = waiting.shift(); args !== undefined; args = waiting.shift()) {
    const { status, output } = await runQuietly('npx', args, { cwd: root });
    if (status === 0) continue;
    console.error(`${args.join(' ')}\n${output}`);
    process.exitCode = 1;
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, checkNext));
