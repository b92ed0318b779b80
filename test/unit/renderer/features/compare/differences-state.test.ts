import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ComparedRow } from '#contract/schema/comparison.ts';
import { CallError } from '../../../../../renderer/src/bridge/call.ts';
import type { ComparisonState } from '../../../../../renderer/src/features/compare/comparison-state.svelte.ts';
import { DifferencesState } from '../../../../../renderer/src/features/compare/differences-state.svelte.ts';
import type { DifferenceItem } from '../../../../../renderer/src/features/compare/list-difference-items.ts';
import { createGate } from '../../../create-gate.ts';

interface Question {
  readonly folder: number;
  readonly start: number;
  readonly limit: number;
  readonly changes: readonly string[];
  readonly baseline: number;
}

const row = (node: number, name: string, isFolder = true): ComparedRow => ({
  node,
  name,
  isFolder,
  sizes: [1, null],
  changes: ['same', 'removed'],
  differenceBytes: isFolder ? 1 : 0,
  changedCount: 1
});

let contents: Record<number, ComparedRow[]>;
let questions: Question[];
let before: (question: Question) => Promise<void> | void;
let differences: DifferencesState;

beforeEach(() => {
  contents = {
    0: [row(1, 'etc'), row(2, 'opt'), row(3, 'usr'), row(4, 'var')],
    1: [row(11, 'passwd', false)],
    3: [row(31, 'lib')],
    31: [row(311, 'libc.so', false)]
  };
  questions = [];
  before = () => undefined;
  const comparison = {
    baseline: 1,
    call: async (_question: 'rows', question: Question) => {
      questions.push(question);
      await before(question);
      const rows = contents[question.folder] ?? [];
      return { rows: rows.slice(question.start, question.start + question.limit), rowCount: rows.length };
    }
  };
  differences = new DifferencesState(comparison as unknown as ComparisonState);
});

const paths = (): string[] => differences.items.map(({ path }) => path);
const itemOf = (path: string): DifferenceItem => {
  const item = differences.items.find((each) => each.path === path);
  if (item === undefined) throw new Error(`no ${path}`);
  return item;
};

/** Reads the root, with every folder closed. */
async function loadClosed(): Promise<void> {
  await differences.load([]);
  for (const item of differences.items) if (item.kind === 'row' && item.isOpen) await differences.toggle(item);
  questions = [];
}

describe('the tree of differences', () => {
  it('requests a folder when it is opened for the first time, and not again', async () => {
    await loadClosed();
    expect(differences.isLoaded).toBe(true);
    const wasRead = paths();
    await differences.toggle(itemOf('/usr'));
    expect(paths()).toEqual([...wasRead.slice(0, 3), '/usr/lib', '/var']);
    await differences.toggle(itemOf('/usr'));
    expect(paths()).toEqual(wasRead);
    await differences.toggle(itemOf('/usr'));
    expect(questions.filter(({ folder }) => folder === 3).length).toBeLessThanOrEqual(1);
    expect(questions.every(({ baseline }) => baseline === 1)).toBe(true);
  });

  it('requests the next rows of a long folder, and keeps those that are there', async () => {
    contents = { 0: Array.from({ length: 2500 }, (_, index) => row(index + 1, `f${index}`, false)) };
    await differences.load([]);
    expect(differences.items.at(-1)).toMatchObject({ kind: 'more', left: 1500 });
    const more = differences.items.at(-1);
    // Both presses of a double-click want the same rows.
    if (more) await Promise.all([differences.toggle(more), differences.toggle(more)]);
    expect(differences.items.at(-1)).toMatchObject({ kind: 'more', left: 500 });
    expect(new Set(differences.items.map(({ key }) => key)).size).toBe(2001);
  });

  it('stays closed where its folder cannot be read, which is reported', async () => {
    await loadClosed();
    before = () => Promise.reject(new CallError({ code: 'worker-died' }));
    await differences.toggle(itemOf('/opt'));
    expect(differences.error).toEqual({ code: 'worker-died' });
    expect(itemOf('/opt')).toMatchObject({ isOpen: false });
    before = () => undefined;
    await differences.toggle(itemOf('/opt'));
    expect(differences.error).toBeNull();
    expect(itemOf('/opt')).toMatchObject({ isOpen: true });
  });

  it('of other changes shows nothing of an answer from before', async () => {
    await loadClosed();
    const gate = createGate();
    before = ({ folder, changes }) => (folder === 2 && changes.length === 0 ? gate.passed : undefined);
    contents[2] = [row(21, 'old', false)];
    const toggling = differences.toggle(itemOf('/opt'));
    await vi.waitFor(() => expect(questions.at(-1)?.folder).toBe(2));
    // Folders are numbered by the images, not by what is shown of them.
    contents = { 0: [row(2, 'opt'), row(1, 'etc'), row(3, 'usr'), row(4, 'var')], 2: [row(22, 'new', false)] };
    await differences.load(['added']);
    const shown = paths();
    gate.open();
    await toggling;
    expect(paths()).toEqual(shown);
    expect(itemOf('/opt')).toMatchObject({ isOpen: false });
    expect(shown).not.toContain('/opt/old');
    expect(differences.changes).toEqual(['added']);
    expect(questions.at(-1)?.changes).toEqual(['added']);
  });

  it('opens the folders of a requested path, as far as they differ', async () => {
    await loadClosed();
    await differences.reveal('/usr/lib/libc.so');
    expect(paths()).toContain('/usr/lib/libc.so');
    await differences.reveal('/usr/lib/gone');
    expect(paths()).toContain('/usr/lib/libc.so');
    expect(differences.error).toBeNull();
  });
});
