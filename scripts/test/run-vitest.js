import { dirname, delimiter, join, relative } from 'node:path';
import { node24 } from '../setup/install-node24.js';
import { root } from '../setup/root.js';
import { run, runQuietly } from '../setup/run.js';
import { countResults, results } from './results.js';

/** @typedef {import('./results.js').Counts} Counts */

/** Files whose results do not depend on the Node that runs them: the packaged app, and an engine's reading of Dockerfiles. */
const onOneNode = ['test/real/package.spec.ts', 'test/real/project-shapes.spec.ts'];

/**
 * Runs a project of vitest.config.ts on the current Node, and on Node 24 if that is another one.
 * @param {string} project
 * @param {string[]} filter of file names
 * @returns {Promise<Counts[]>}
 */
export async function runOnEachNode(project, filter) {
  const newer = node24();
  const counts = [await runVitest(project, filter)];
  if (newer === null)
    counts.push({ passed: 0, failed: [], skipped: [`${project} tests on Node 24, which is not installed`] });
  else if (newer !== process.execPath) counts.push(await runVitest(project, filter, newer, onOneNode));
  return counts;
}

/**
 * Runs a project of vitest.config.ts.
 * @param {string} project
 * @param {string[]} filter of file names
 * @param {string} node the program to run it with, also for child processes
 * @param {string[]} excluded files
 * @returns {Promise<Counts>}
 */
export async function runVitest(project, filter, node = process.execPath, excluded = []) {
  const version = (await runQuietly(node, ['--version'])).output.trim();
  console.log(`\n${project} tests on Node ${version.slice(1)}`);
  const file = join(results, `${project}-${version}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  args.push(...excluded.map((path) => `--exclude=${path}`));
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const status = await run(node, [vitest, ...args, '--passWithNoTests', ...filter], { cwd: root, env });
  const suffix = `(Node ${version.slice(1)})`;
  return countResults(file, status, ({ testResults }) =>
    testResults.flatMap(({ name, assertionResults, status: suite, message }) => {
      const path = relative(root, name);
      const tests = assertionResults.map(({ status: outcome, fullName, failureMessages }) => ({
        outcome,
        name: `${path}: ${fullName} ${suffix}`,
        reason: failureMessages?.[0]
      }));
      const isExplained = suite !== 'failed' || tests.some(({ outcome }) => outcome === 'failed');
      return isExplained ? tests : [...tests, { outcome: 'failed', name: `${path} ${suffix}`, reason: message }];
    })
  );
}
