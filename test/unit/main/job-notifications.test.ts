import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnyJobEvents, JobInfo } from '#contract/schema/job.ts';
import type { JobKind } from '#contract/jobs/job-kinds.ts';
import { words } from '#contract/words/words.ts';
import { JobNotifications } from '../../../electron/main/job-notifications.ts';
import { person, resetPerson } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

let bars: number[];
let isVisible: boolean;
let notifications: JobNotifications;

beforeEach(() => {
  resetPerson();
  bars = [];
  isVisible = false;
  const window = {
    isVisible: () => isVisible,
    isMinimized: () => false,
    setProgressBar: (value: number) => void bars.push(value)
  };
  notifications = new JobNotifications(() => window as never);
});

const start = (jobId: string, kind: JobKind = 'build'): void =>
  notifications.started({ jobId, kind, projectId: null, startedAt: 0, ended: false } satisfies JobInfo);
const end = (jobId: string, outcome: 'finished' | 'failed' | 'cancelled', kind: JobKind = 'build'): void =>
  notifications.events({ jobId, kind, events: [{ seq: 1, end: { kind: outcome } }] } as unknown as AnyJobEvents);

describe('the progress bar of the window', () => {
  it('is shown until the last of several jobs has ended', () => {
    start('a');
    start('b');
    end('a', 'finished');
    expect(bars.every((value) => value > 1)).toBe(true);
    end('b', 'cancelled');
    expect(bars.at(-1)).toBe(-1);
  });
});

describe('a notification', () => {
  it.each(['finished', 'failed'] as const)('says that a job %s while the window is hidden, once', (outcome) => {
    start('a');
    end('a', outcome);
    end('a', outcome);
    expect(person.notifications).toEqual([{ title: words.app.name, body: words.app.jobEnded.build[outcome] }]);
  });

  it('is not shown for what was canceled, was seen, or is part of something else', () => {
    start('a');
    end('a', 'cancelled');
    start('b', 'analysis');
    end('b', 'finished', 'analysis');
    isVisible = true;
    start('c');
    end('c', 'finished');
    expect(person.notifications).toEqual([]);
  });
});
