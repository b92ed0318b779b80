import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyBuildEvent,
  buildCharacterLimit,
  buildLineLimit,
  emptyBuildSnapshot,
  lineCharacterLimit
} from '#contract/jobs/apply-build-event.ts';
import type { BuildStep } from '#contract/schema/build.ts';
import { buildSnapshotSchema, type BuildSnapshot } from '#contract/schema/build.ts';
import { findingOf } from '../finding-of.ts';
import { expectLinearTime } from '../../expect-linear-time.ts';

const log = (snapshot: BuildSnapshot, text: string, stepId = 's1'): void =>
  applyBuildEvent(snapshot, { kind: 'log', stepId, text });

function linesOf(...texts: string[]): string[] {
  const snapshot = emptyBuildSnapshot();
  for (const text of texts) log(snapshot, text);
  return snapshot.logs['s1']?.lines ?? [];
}

const step = (id: string, status: BuildStep['status']): BuildStep => ({
  id,
  name: 'RUN true',
  instruction: true,
  stage: null,
  line: 2,
  status,
  startedAt: null,
  completedAt: null,
  error: null,
  progress: null
});

describe('log lines', () => {
  it('joins pieces of a line', () => {
    expect(linesOf('Get', ':1 a\nGet:2', ' b\n')).toEqual(['Get:1 a', 'Get:2 b']);
  });

  it('keeps empty lines and ANSI colors', () => {
    expect(linesOf('\n\u001b[91mno\u001b[0m\n\n')).toEqual(['', '\u001b[91mno\u001b[0m', '']);
  });

  it('restarts the line at a carriage return, but not at a line end', () => {
    expect(linesOf('10%\r', '50%\r100%\r\n', 'done\r', '\n', 'twice\r\r\n')).toEqual(['100%', 'done', 'twice']);
  });

  it('reports whether the last line is unfinished', () => {
    const snapshot = emptyBuildSnapshot();
    log(snapshot, 'a');
    expect(snapshot.logs['s1']?.open).toBe(true);
    log(snapshot, '\n');
    expect(snapshot.logs['s1']?.open).toBe(false);
  });

  it('gives the same lines for any split of the same text', () => {
    const piece = fc.oneof(
      fc.constantFrom('\n', '\r', '\r\n', '\u001b[0m', '😀', 'x'.repeat(lineCharacterLimit - 1)),
      fc.string({ maxLength: 6 })
    );
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 12 }), (original, cuts) => {
        const offsets = cuts.map((cut) => cut % (original.length + 1)).sort((a, b) => a - b);
        const pieces = [0, ...offsets].map((from, index) => original.slice(from, offsets[index] ?? original.length));
        expect(linesOf(...pieces)).toEqual(linesOf(original));
      }),
      { numRuns: 400 }
    );
  });

  it('truncates a line that is too long, and continues with the next', () => {
    const [long, next] = linesOf('x'.repeat(lineCharacterLimit + 5), 'yyy', '\nnext');
    expect(long).toBe(`${'x'.repeat(lineCharacterLimit)}…`);
    expect(next).toBe('next');
  });

  it('drops the oldest lines of the largest log, and counts them', () => {
    const snapshot = emptyBuildSnapshot();
    log(snapshot, 'kept\n', 'small');
    for (let from = 0; from < buildLineLimit + 500; from += 500) {
      log(snapshot, Array.from({ length: 500 }, (_, index) => `line ${String(from + index)}\n`).join(''), 'large');
    }
    const large = snapshot.logs['large'];
    expect(snapshot.logs['small']?.lines).toEqual(['kept']);
    expect(snapshot.logLineCount).toBeLessThanOrEqual(buildLineLimit);
    expect((large?.lines.length ?? 0) + (large?.droppedLines ?? 0)).toBe(buildLineLimit + 500);
    expect(large?.lines[0]).toBe(`line ${String(large?.droppedLines)}`);
    expect(large?.lines.at(-1)).toBe(`line ${String(buildLineLimit + 499)}`);
  });

  it('drops the oldest lines of an output with few lines but many bytes', () => {
    const snapshot = emptyBuildSnapshot();
    const line = 'x'.repeat(lineCharacterLimit);
    const count = Math.ceil((1.5 * buildCharacterLimit) / lineCharacterLimit);
    for (let index = 0; index < count; index++) log(snapshot, `${line}\n`);
    const { lines = [], droppedLines = 0 } = snapshot.logs['s1'] ?? {};
    const keptCharacters = lines.reduce((sum, each) => sum + each.length, 0);
    expect(snapshot.logCharacterCount).toBe(keptCharacters);
    expect(keptCharacters).toBeLessThanOrEqual(buildCharacterLimit);
    expect(keptCharacters).toBeGreaterThan(0.9 * buildCharacterLimit);
    expect(lines.length + droppedLines).toBe(count);
  });

  it('counts the stored characters, also of restarted lines', () => {
    const snapshot = emptyBuildSnapshot();
    for (const text of ['10%\r', '100%\r', '\n', 'a', 'b\r\n', '\n']) log(snapshot, text);
    expect(snapshot.logCharacterCount).toBe('100%ab'.length);
  });

  it('takes linear time for 100,000 separate lines', () => {
    expectLinearTime((count) => {
      const snapshot = emptyBuildSnapshot();
      for (let index = 0; index < count; index++) log(snapshot, `line ${String(index)}\n`);
      expect(snapshot.logLineCount).toBe(count);
    }, 100_000);
  });
});

describe('the other events of a build', () => {
  it('replaces a step with the same id and keeps the order', () => {
    const snapshot = emptyBuildSnapshot();
    for (const [id, status] of [
      ['a', 'running'],
      ['b', 'running'],
      ['a', 'done']
    ] as const) {
      applyBuildEvent(snapshot, { kind: 'step', step: step(id, status) });
    }
    expect(snapshot.steps.map((each) => [each.id, each.status])).toEqual([
      ['a', 'done'],
      ['b', 'running']
    ]);
  });

  it('matches the schema of the boundary', () => {
    const finding = findingOf('UndefinedVar');
    const snapshot = emptyBuildSnapshot();
    const engine = { id: 'e1', name: 'default', product: 'Docker', version: '28' };
    applyBuildEvent(snapshot, { kind: 'started', engine, builder: 'buildkit', dockerfile: 'Dockerfile', tag: 'a:1' });
    applyBuildEvent(snapshot, { kind: 'context', sentBytes: 5, totalBytes: null });
    applyBuildEvent(snapshot, { kind: 'step', step: step('a', 'failed') });
    applyBuildEvent(snapshot, { kind: 'finding', finding });
    applyBuildEvent(snapshot, { kind: 'image', imageId: 'sha256:1' });
    log(snapshot, 'x\n', 'a');
    expect(buildSnapshotSchema.parse(snapshot)).toEqual(snapshot);
    expect(snapshot.findings).toEqual([finding]);
    expect(snapshot).toMatchObject({
      engine,
      builder: 'buildkit',
      tag: 'a:1',
      imageId: 'sha256:1',
      context: { sentBytes: 5 }
    });
  });
});
