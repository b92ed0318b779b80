import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../setup/root.js';

/** Where test runners write their reports. */
export const results = join(root, 'test-results');

/** @typedef {{ passed: number, failed: string[], skipped: string[] }} Counts failures with their reasons, names of what was skipped */

/** @typedef {{ outcome: string, name: string, reason?: string }} Test */

const skippedOutcomes = ['skipped', 'pending', 'todo', 'disabled'];

/**
 * Counts the results in a runner's report; a runner that failed without a failed test counts as one failure.
 * @param {string} file
 * @param {number} status
 * @param {(report: any) => Test[]} list
 * @returns {Counts}
 */
export function countResults(file, status, list) {
  /** @type {Test[]} */
  let tests = [];
  try {
    tests = list(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`no report in ${file}: ${error}`);
  }
  const passed = tests.filter(({ outcome }) => outcome === 'passed').length;
  const skipped = tests.filter(({ outcome }) => skippedOutcomes.includes(outcome)).map(({ name }) => name);
  const failed = tests
    .filter(({ outcome }) => outcome !== 'passed' && !skippedOutcomes.includes(outcome))
    .map(({ name, reason = '' }) => `${name}: ${stripVTControlCharacters(reason).trim().split('\n')[0]}`);
  if (failed.length === 0 && status !== 0)
    failed.push(`the program that writes ${basename(file)} ended with ${status}`);
  return { passed, failed, skipped };
}
