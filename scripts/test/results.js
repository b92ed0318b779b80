import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/root.js';

/** Where test runners write their reports. */
export const results = join(root, 'test-results');

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Counts */

const skippedOutcomes = ['skipped', 'pending', 'todo', 'disabled'];

/**
 * Counts the results in a runner's report; a runner that failed without a failed test counts as one failure.
 * @param {string} file
 * @param {number} status
 * @param {(report: any) => { outcome: string, name: string }[]} list
 * @returns {Counts}
 */
export function countResults(file, status, list) {
  /** @type {{ outcome: string, name: string }[]} */
  let tests = [];
  try {
    tests = list(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`no report in ${file}: ${error}`);
  }
  const passed = tests.filter(({ outcome }) => outcome === 'passed').length;
  const skipped = tests.filter(({ outcome }) => skippedOutcomes.includes(outcome)).map(({ name }) => name);
  const failed = tests.length - passed - skipped.length;
  return { passed, failed: failed === 0 && status !== 0 ? 1 : failed, skipped };
}
