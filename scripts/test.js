// npm test [-- unit|real|app [file]]: all set-up, then every test; ends with the line "N passed, N failed, N skipped".
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfChanged } from './setup/build-if-changed.js';
import { root } from './setup/root.js';
import { run } from './setup/run.js';
import { setUp } from './setup/set-up.js';
import { startVirtualDisplay } from './setup/start-virtual-display.js';

const kinds = ['unit', 'real', 'app'];
const [first, ...rest] = process.argv.slice(2);
const kindsToRun = kinds.includes(first) ? [first] : kinds;
const filter = kinds.includes(first) ? rest : process.argv.slice(2);
const results = join(root, 'test-results');

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Counts */

await setUp({ forTests: true, virtualDisplay: true });
if (kindsToRun.includes('app')) await buildIfChanged();
rmSync(results, { recursive: true, force: true });
const { display, stop } = await startVirtualDisplay();
/** @type {Counts[]} */
const counts = [];
try {
  for (const kind of kindsToRun) counts.push(await (kind === 'app' ? runApp() : runVitest(kind)));
} finally {
  await stop();
}

const sum = (pick) => counts.map(pick).reduce((a, b) => a + b, 0);
const skipped = counts.flatMap((each) => each.skipped);
for (const name of skipped) console.log(`SKIPPED: ${name}`);
const failed = sum((each) => each.failed);
if (failed > 0 || (process.env.CI && skipped.length > 0)) process.exitCode = 1;
console.log(`${sum((each) => each.passed)} passed, ${failed} failed, ${skipped.length} skipped`);

/** @param {string} project @returns {Promise<Counts>} */
async function runVitest(project) {
  const file = join(results, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const status = await run(
    'npx',
    ['vitest', 'run', '--project', project, ...reporters, '--passWithNoTests', ...filter],
    options()
  );
  return read(file, status, ({ testResults }) => {
    const tests = testResults.flatMap(({ name, assertionResults, status: suite, message }) =>
      assertionResults.length === 0 && suite === 'failed'
        ? [{ status: 'failed', fullName: `${name}: ${message}` }]
        : assertionResults
    );
    return tests.map(({ status: outcome, fullName }) => ({ outcome, name: fullName }));
  });
}

/** @returns {Promise<Counts>} */
async function runApp() {
  const file = join(results, 'app.json');
  const env = { ...options().env, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const args = [
    'playwright',
    'test',
    '--config',
    'test/playwright.config.ts',
    '--reporter=list,json',
    '--pass-with-no-tests',
    ...filter
  ];
  const status = await run('npx', args, { ...options(), env });
  return read(file, status, ({ suites }) => {
    const specs = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specs)];
    return suites
      .flatMap(specs)
      .flatMap(({ title, tests }) =>
        tests.map(({ status: outcome }) => ({ outcome: outcome === 'expected' ? 'passed' : outcome, name: title }))
      );
  });
}

function options() {
  return { cwd: root, env: { ...process.env, DISPLAY: display } };
}

/**
 * Counts a runner's own report; a runner that failed without a failed test counts as one.
 * @param {string} file
 * @param {number} status
 * @param {(report: any) => { outcome: string, name: string }[]} list
 * @returns {Counts}
 */
function read(file, status, list) {
  /** @type {{ outcome: string, name: string }[]} */
  let tests = [];
  try {
    tests = list(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`no report in ${file}: ${error}`);
  }
  const isSkipped = ({ outcome }) => ['skipped', 'pending', 'todo', 'disabled'].includes(outcome);
  const passed = tests.filter(({ outcome }) => outcome === 'passed').length;
  const skipped = tests.filter(isSkipped).map(({ name }) => name);
  const failed = tests.length - passed - skipped.length;
  return { passed, failed: failed === 0 && status !== 0 ? 1 : failed, skipped };
}
