// Corrupts image archives in 10,000 ways, with a new seed each time: node scripts/fuzz-archives.js [cases] [seed].
// A failed case prints its number and the seed, which reproduce it.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const [cases = '10000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
console.log(`seed ${seed}, ${cases} cases`);
const vitest = resolve(import.meta.dirname, '../node_modules/vitest/vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'unit', 'test/unit/core/image/archive/fuzz.test.ts'],
  {
    stdio: 'inherit',
    cwd: resolve(import.meta.dirname, '..'),
    env: { ...process.env, FUZZ_CASES: cases, FUZZ_SEED: seed }
  }
);
process.exit(status ?? 1);
