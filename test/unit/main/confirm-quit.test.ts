import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobKind } from '#contract/jobs/job-kinds.ts';
import { words } from '#contract/words/words.ts';
import { confirmQuit } from '../../../electron/main/confirm-quit.ts';
import { listRunningWork } from '../../../electron/main/running-work.ts';
import { person, resetPerson } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));
beforeEach(resetPerson);

const text = words.app.quit;
const jobOf = (kind: JobKind, projectId: string | null, ended = false) => ({
  jobId: `${kind}-1`,
  kind,
  projectId,
  startedAt: 0,
  ended
});

describe('listRunningWork', () => {
  it('names what would be lost: not what has ended, and not what is read again when it is needed', () => {
    const jobs = [
      jobOf('build', 'p1'),
      jobOf('push', 'p2', true),
      jobOf('analysis', 'p1'),
      jobOf('comparison', null),
      jobOf('transfer', null),
      jobOf('push', 'unlisted')
    ];
    expect(listRunningWork(jobs, [{ id: 'p1', name: 'many8' }])).toEqual([
      { kind: 'build', project: 'many8' },
      { kind: 'transfer', project: null },
      { kind: 'push', project: null }
    ]);
  });
});

describe('confirmQuit', () => {
  it('does not ask when nothing is running', async () => {
    expect(await confirmQuit([], undefined)).toBe(true);
    expect(person.messages).toEqual([]);
  });

  it('names the one job', async () => {
    person.answers = text.quit;
    expect(await confirmQuit([{ kind: 'build', project: 'many8' }], undefined)).toBe(true);
    expect(person.messages).toMatchObject([
      { message: 'A build is running', detail: 'many8 · building\n\nQuitting cancels it.' }
    ]);
  });

  it('names each of several jobs, and keeps them running unless Quit is chosen', async () => {
    person.answers = text.keep;
    const work = [
      { kind: 'push', project: 'a' },
      { kind: 'transfer', project: null }
    ] as const;
    expect(await confirmQuit(work, undefined)).toBe(false);
    expect(person.messages).toMatchObject([
      {
        message: '2 jobs are running',
        detail: 'a · pushing\ntransferring images\n\nQuitting cancels them.',
        defaultId: 1,
        cancelId: 1
      }
    ]);
  });
});
