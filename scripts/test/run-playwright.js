import { join } from 'node:path';
import { root } from '../setup/root.js';
import { run } from '../setup/run.js';
import { countResults, results } from './results.js';

/**
 * Runs a project of test/playwright.config.ts.
 * @param {string} project
 * @param {string[]} filter of file names
 * @param {NodeJS.ProcessEnv} [env]
 * @param {number} [workers] test files, or tests of a project that is fully parallel, at the same time
 * @returns {Promise<import('./results.js').Counts>}
 */
export async function runPlaywright(project, filter, env = {}, workers = 1) {
  const file = join(results, `${project}.json`);
  const config = ['--config', 'test/playwright.config.ts', '--project', project];
  const args = [
    'playwright',
    'test',
    ...config,
    `--workers=${workers}`,
    '--reporter=list,json',
    '--pass-with-no-tests',
    ...filter
  ];
  const status = await run('npx', args, {
    cwd: root,
    env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file }
  });
  return countResults(file, status, ({ suites }) => {
    const specs = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specs)];
    return suites.flatMap(specs).flatMap(({ title, file: path, tests }) =>
      tests.map(({ status: outcome, results }) => ({
        outcome: outcome === 'expected' ? 'passed' : outcome,
        name: `${path}: ${title}`,
        reason: results.find(({ error }) => error !== undefined)?.error.message
      }))
    );
  });
}
