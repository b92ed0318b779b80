// The types of every layer, each with its own tsconfig; then the Svelte components.
import { root } from './setup/root.js';
import { runQuietly } from './setup/run.js';

const checks = [
  ...['electron/contract', 'electron/dockerfile', 'electron/core', 'electron/cli', 'electron/main', 'test'].map(
    (layer) => ['tsc', '-p', layer]
  ),
  ['svelte-check', '--tsconfig', 'renderer/tsconfig.json', '--fail-on-warnings', '--output', 'human']
];

const results = await Promise.all(checks.map((args) => runQuietly('npx', args, { cwd: root })));
results.forEach(({ status, output }, index) => {
  if (status !== 0) console.error(`${checks[index].join(' ')}\n${output}`);
});
process.exitCode = results.every(({ status }) => status === 0) ? 0 : 1;
