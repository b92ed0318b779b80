// npm run check: types, lint, format, unused code.
import { root } from './setup/root.js';
import { runQuietly } from './setup/run.js';
import { setUp } from './setup/set-up.js';

await setUp({});

/** The linter takes as long as all others, and uses one processor. */
const lanes = [
  [['npx', 'eslint', '.', '--max-warnings', '0']],
  [
    ['node', 'scripts/typecheck.js'],
    ['npx', 'prettier', '--check', '.'],
    ['npx', 'knip']
  ]
];

/** @param {string[][]} checks one after the other */
async function runChecks(checks) {
  for (const [program, ...args] of checks) {
    const { status, output } = await runQuietly(program, args, { cwd: root });
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${args.join(' ')}`);
    if (status === 0) continue;
    process.exitCode = 1;
    console.error(output);
  }
}

await Promise.all(lanes.map(runChecks));
