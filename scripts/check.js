// npm run check: types, lint, format, unused code.
import { root } from './setup/root.js';
import { runQuietly } from './setup/run.js';
import { setUp } from './setup/set-up.js';

await setUp({});

const checks = [
  ['node', 'scripts/typecheck.js'],
  ['npx', 'eslint', '.', '--max-warnings', '0'],
  ['npx', 'prettier', '--check', '.'],
  ['npx', 'knip']
];

let failed = false;
for (const [program, ...args] of checks) {
  const { status, output } = await runQuietly(program, args, { cwd: root });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${args.join(' ')}`);
  if (status === 0) continue;
  failed = true;
  console.error(output);
}
process.exitCode = failed ? 1 : 0;
