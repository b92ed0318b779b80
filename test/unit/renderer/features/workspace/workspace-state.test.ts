import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { jobReducers } from '#contract/jobs/job-reducers.ts';
import type { CallInput, CallOutput } from '#contract/ipc/calls.ts';
import type { BuildRecord } from '#contract/schema/build.ts';
import type { AnyJobSnapshot, JobInfo } from '#contract/schema/job.ts';
import type { Project } from '#contract/schema/project.ts';
import { words } from '#contract/words/words.ts';
import { CallError } from '../../../../../renderer/src/bridge/call.ts';
import type { ComparedImage } from '../../../../../renderer/src/features/compare/compared-image.ts';
import { ComparisonState } from '../../../../../renderer/src/features/compare/comparison-state.svelte.ts';
import { WorkspaceState } from '../../../../../renderer/src/features/workspace/workspace-state.svelte.ts';
import { formatClock } from '../../../../../renderer/src/text/format-time.ts';
import { createStates, type States } from '../../../../../renderer/src/state/states.ts';
import { buildRecordOf } from '../../../core/store/build-record-of.ts';
import { createTestBridge } from '../../state/test-bridge.ts';

const { reasons } = words.workspace;
const project: Project = {
  id: 'abcdef0123456789',
  name: 'demo',
  displayPath: '~/demo',
  stack: { language: 'node' },
  dockerfiles: ['Dockerfile'],
  hasDockerignore: false
};
const connected = { kind: 'connected', info: { candidate: { id: 'e' } } } as unknown as CallOutput<'engine.state'>;

let records: BuildRecord[];
let jobs: JobInfo[];
let starts: { build: CallInput<'build.start'>[]; push: CallInput<'push.start'>[]; saved: string[] };
let canSave: boolean;
let pushed: { end: AnyJobSnapshot['end'] };
let compared: { images: readonly ComparedImage[]; projectId: string | null }[];
let dockerfile: string;
let states: States;
let workspace: WorkspaceState;
let stop: () => void;
let emit: ReturnType<typeof createTestBridge>['broadcast'];
let listenerCount: () => number;

const jobOf = (kind: 'build' | 'push', change: Partial<JobInfo> = {}): JobInfo => ({
  jobId: `${kind}-1`,
  kind,
  projectId: project.id,
  startedAt: 5000,
  ended: false,
  ...change
});

beforeEach(() => {
  records = [buildRecordOf('b1', { options: { ...buildRecordOf('x').options, tag: 'alice/demo:1' } })];
  jobs = [];
  starts = { build: [], push: [], saved: [] };
  canSave = true;
  pushed = { end: null };
  compared = [];
  dockerfile = 'FROM scratch\n';
});
afterEach(() => stop());

async function open(): Promise<void> {
  const { bridge, broadcast, ...test } = createTestBridge({
    'file.read': ({ file }) => ({ file, text: dockerfile, revision: 'r1' }),
    'draft.list': () => [],
    'draft.remove': () => ({}),
    'file.save': ({ file, text }) => {
      if (!canSave) throw new CallError({ code: 'file-unwritable', file, detail: 'EROFS' });
      starts.saved.push(text);
      return { revision: 'r2' };
    },
    'build.records': () => records,
    'build.start': (input) => {
      starts.build.push(input);
      return { jobId: 'build-1' };
    },
    'push.start': (input) => {
      starts.push.push(input);
      return { jobId: 'push-1' };
    },
    'job.list': () => jobs,
    'job.attach': ({ jobId }) => {
      const kind = jobId === 'push-1' ? 'push' : 'build';
      const end = kind === 'push' ? pushed.end : null;
      return { ...jobOf(kind), seq: 0, state: jobReducers[kind].empty(), end } as AnyJobSnapshot;
    },
    'image.inspect': () => {
      throw new CallError({ code: 'engine-none' });
    },
    'project.measureContext': () => ({ fileCount: 1 }) as never,
    'registry.image': () => {
      throw new CallError({ code: 'engine-none' });
    }
  });
  states = createStates(bridge);
  states.engine.state = connected;
  const comparison = {
    choose: (images: readonly ComparedImage[], projectId: string | null) =>
      Promise.resolve(void compared.push({ images, projectId }))
  };
  workspace = new WorkspaceState(states, comparison as unknown as ComparisonState, project);
  stop = workspace.follow();
  emit = broadcast;
  listenerCount = test.listenerCount;
  await vi.waitFor(() => expect([workspace.build.loaded, workspace.files.loading]).toEqual([true, false]));
}

describe('a build', () => {
  it('saves what is unsaved first, and takes the name and the options', async () => {
    await open();
    const [document] = workspace.files.documents;
    if (document) document.text = 'FROM mine\n';
    workspace.build.options = { ...workspace.build.options, noCache: true };
    workspace.push.isShown = true;
    await workspace.startBuild();
    expect(starts.saved).toEqual(['FROM mine\n']);
    expect(starts.build).toMatchObject([
      { projectId: project.id, dockerfile: 'Dockerfile', options: { tag: 'docker.io/alice/demo:1', noCache: true } }
    ]);
    expect([workspace.push.isShown, workspace.build.phase, workspace.build.shownText]).toEqual([
      false,
      'running',
      'FROM mine\n'
    ]);
  });

  it('does not start where something cannot be saved', async () => {
    await open();
    const [document] = workspace.files.documents;
    if (document) document.text = 'FROM mine\n';
    canSave = false;
    await workspace.startBuild();
    expect([starts.build, workspace.files.error?.code]).toEqual([[], 'file-unwritable']);
  });

  it('does not start, and says why, while something is in the way', async () => {
    await open();
    expect(workspace.buildObstacle).toBeNull();
    workspace.reference.text = 'NO NAME';
    expect(workspace.buildObstacle).toBe(reasons.badReference);
    workspace.optionsValid = false;
    expect(workspace.buildObstacle).toBe(reasons.badArguments);
    states.engine.state = { kind: 'searching' };
    expect(workspace.buildObstacle).toBe(reasons.noEngine);
    await workspace.startBuild();
    expect(starts.build).toEqual([]);
  });

  it('runs once at a time', async () => {
    await open();
    await workspace.startBuild();
    expect([workspace.buildObstacle, workspace.pushObstacle]).toEqual([reasons.building, reasons.building]);
    await workspace.startBuild();
    expect(starts.build).toHaveLength(1);
  });
});

describe('a push', () => {
  it('sends the image of the last build under the name in the field', async () => {
    await open();
    workspace.reference.text = 'bob/other';
    await workspace.startPush();
    expect(starts.push).toEqual([
      {
        projectId: project.id,
        buildId: 'b1',
        engineId: null,
        imageId: 'sha256:1',
        reference: 'docker.io/bob/other:latest'
      }
    ]);
    expect([workspace.push.isShown, workspace.pushObstacle]).toEqual([true, reasons.pushing]);
  });

  it('needs an image', async () => {
    records = [buildRecordOf('b1', { imageId: null, outcome: 'failed' })];
    await open();
    expect(workspace.pushObstacle).toBe(reasons.notBuilt);
    await workspace.startPush();
    expect(starts.push).toEqual([]);
  });

  it('says that the Dockerfile was changed since the image was built', async () => {
    await open();
    const { pushLast, pushStale } = words.workspace;
    const clock = formatClock(1010);
    expect([workspace.isStale, workspace.pushHint]).toEqual([false, pushLast(clock)]);
    const [document] = workspace.files.documents;
    if (document) document.text = 'FROM mine\n';
    expect([workspace.isStale, workspace.pushHint]).toEqual([true, pushStale(clock)]);
  });

  it('continues after the sign-in that its registry requires', async () => {
    pushed.end = { kind: 'failed', error: { code: 'registry-not-signed-in', host: 'docker.io' } };
    await open();
    await workspace.startPush();
    workspace.signInAndPush();
    expect(states.app.signIn).toMatchObject({ registry: 'docker.io', error: { code: 'registry-not-signed-in' } });
    pushed.end = null;
    states.app.signIn?.onSignedIn?.({} as never);
    await vi.waitFor(() => expect(starts.push).toHaveLength(2));
  });

  it('asks for no sign-in where that would not help', async () => {
    pushed.end = { kind: 'failed', error: { code: 'registry-disk-full', host: 'docker.io' } };
    await open();
    await workspace.startPush();
    workspace.signInAndPush();
    expect(states.app.signIn).toBeNull();
  });
});

describe('a window that was loaded again', () => {
  it('follows what runs for its project', async () => {
    jobs = [jobOf('build'), jobOf('push', { startedAt: 4000 }), jobOf('build', { jobId: 'other', projectId: 'p' })];
    await open();
    await vi.waitFor(() => expect(workspace.build.phase).toBe('running'));
    await vi.waitFor(() => expect(workspace.push.phase).toBe('running'));
    expect(workspace.build.shownText).toBe('FROM scratch\n');
  });

  it('does not put a push in front that ended before the last build', async () => {
    jobs = [jobOf('build'), jobOf('push', { startedAt: 4000, ended: true })];
    await open();
    await vi.waitFor(() => expect(workspace.build.phase).toBe('running'));
    expect([workspace.push.phase, workspace.push.isShown]).toEqual(['none', false]);
  });

  it('shows a push that is started elsewhere, as from the menu', async () => {
    await open();
    emit('job.started', jobOf('push', { projectId: 'other' }));
    expect(workspace.push.isShown).toBe(false);
    emit('job.started', jobOf('push'));
    expect(workspace.push.isShown).toBe(true);
  });

  it('listens to nothing once it is left', async () => {
    await open();
    stop();
    expect(listenerCount()).toBe(0);
  });
});

describe('a comparison', () => {
  it('is of the last build with the one before it, which is the baseline', async () => {
    records = [
      buildRecordOf('b2', { startedAt: 2000, imageId: 'sha256:2' }),
      buildRecordOf('b1', { startedAt: 1000, imageId: 'sha256:1' })
    ];
    await open();
    await workspace.compareWithPrevious();
    expect(compared[0]?.projectId).toBe(project.id);
    expect(compared[0]?.images.map(({ source }) => source.kind === 'engine' && source.image)).toEqual([
      'sha256:1',
      'sha256:2'
    ]);
    expect(states.app.screen).toBe('compare');
  });

  it('is not offered for the first build', async () => {
    await open();
    await workspace.compareWithPrevious();
    expect([compared, states.app.screen]).toEqual([[], 'projects']);
  });

  it('with the registry is shown also where that cannot be read again', async () => {
    pushed.end = {
      kind: 'finished',
      result: { reference: 'docker.io/alice/demo:1', digest: 'sha256:d', nothingSent: false, url: null, durationMs: 1 }
    };
    await open();
    await workspace.startPush();
    await workspace.compareWithRegistry();
    expect(compared[0]?.images.map(({ source }) => source.kind)).toEqual(['engine', 'registry']);
  });
});

describe('the build context', () => {
  it('that cannot be measured is shown as such', async () => {
    await open();
    await vi.waitFor(() => expect(workspace.context).toEqual({ fileCount: 1 }));
    const { bridge } = createTestBridge({});
    const broken = new WorkspaceState(createStates(bridge), new ComparisonState(bridge), project);
    await broken.measureContext();
    expect(broken.context).toBe('failed');
  });
});
