import { describe, expect, it } from 'vitest';
import type { RecentProject } from '#contract/schema/project.ts';
import { describeLast, describeStack, hasFailed } from '../../../../../renderer/src/features/start/describe-project.ts';

const now = new Date(2026, 10, 24, 12, 0).getTime();
const at = (hours: number, minutes: number, day = 24): number => new Date(2026, 10, day, hours, minutes).getTime();
const project = (change: Partial<RecentProject>): RecentProject => ({
  id: 'p0000001',
  name: 'a',
  displayPath: '~/a',
  stack: { language: 'unknown' },
  openedAt: now,
  missing: false,
  lastBuild: null,
  lastFailureAt: null,
  lastPushAt: null,
  ...change
});
const built = (when: number): RecentProject['lastBuild'] => ({ at: when, sizeBytes: 1, deltaBytes: null });

describe('describeLast', () => {
  it('shows the later of build and push', () => {
    expect(describeLast(project({}), now)).toBe('Never built');
    expect(describeLast(project({ lastBuild: built(at(10, 20)), lastPushAt: at(10, 26) }), now)).toBe('Pushed 10:26');
    expect(describeLast(project({ lastBuild: built(at(11, 5)), lastPushAt: at(10, 26) }), now)).toBe('Built 11:05');
    expect(describeLast(project({ lastBuild: built(at(10, 0, 23)) }), now)).toBe('Built yesterday');
  });

  it('reports a failed build until a push after it', () => {
    const failed = project({ lastBuild: built(at(10, 20)), lastFailureAt: at(11, 5), lastPushAt: at(10, 26) });
    expect([describeLast(failed, now), hasFailed(failed)]).toEqual(['Failed 11:05', true]);
    const pushed = { ...failed, lastPushAt: at(11, 30) };
    expect([describeLast(pushed, now), hasFailed(pushed)]).toEqual(['Pushed 11:30', false]);
  });

  it('reports first that the folder is missing', () => {
    expect(describeLast(project({ missing: true, lastPushAt: now }), now)).toBe('Folder missing');
  });
});

describe('describeStack', () => {
  it('names language and framework, if they are known', () => {
    expect(describeStack({ language: 'python', framework: 'Flask' })).toBe('Python · Flask');
    expect(describeStack({ language: 'static' })).toBe('Static site');
    expect(describeStack({ language: 'unknown' })).toBeNull();
  });
});
