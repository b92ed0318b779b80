import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ContextProgress } from '#core/build/context-progress.ts';

describe('the progress of a context', () => {
  beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => vi.useRealTimers());

  it('has a total when no transfer runs, and is reported now and then', () => {
    const reports: [number, number | null][] = [];
    const progress = new ContextProgress((...report) => reports.push(report));
    progress.started();
    progress.sent(1);
    progress.sent(2);
    vi.advanceTimersByTime(100);
    progress.sent(3);
    progress.started();
    progress.ended();
    progress.sent(4);
    progress.ended();
    expect(reports).toEqual([
      [0, null],
      [1, null],
      [6, null],
      [6, null],
      [6, null],
      [10, 10]
    ]);
  });
});
