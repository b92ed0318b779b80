import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallOutput } from '#contract/ipc/calls.ts';
import type { ImportResult, OpenedArchive, Project, RecentProject } from '#contract/schema/project.ts';
import { CallError } from '../../../../renderer/src/bridge/call.ts';
import { AppState } from '../../../../renderer/src/state/app-state.svelte.ts';
import { ProjectsState } from '../../../../renderer/src/state/projects-state.svelte.ts';
import { createGate } from '../../create-gate.ts';
import { createTestBridge } from './test-bridge.ts';

const projectOf = (name: string): Project => ({
  id: `${name}00000000`,
  name,
  displayPath: `~/${name}`,
  stack: { language: 'node' },
  dockerfiles: [],
  hasDockerignore: false
});
const recentOf = (name: string): RecentProject => ({
  id: `${name}00000000`,
  name,
  displayPath: `~/${name}`,
  stack: { language: 'node' },
  openedAt: 0,
  missing: false,
  lastBuild: null,
  lastFailureAt: null,
  lastPushAt: null
});
const archiveOf = (name: string): OpenedArchive => ({ archiveId: `${name}00000000`, name });
const failure = { name: 'c', error: { code: 'project-vanished', name: 'c' } } as const;
const importOf = (result: Partial<ImportResult>): ImportResult => ({
  projects: [],
  archives: [],
  failures: [],
  ...result
});

let answers: Parameters<typeof createTestBridge>[0];
let recent: RecentProject[];

function createProjects() {
  const { bridge, broadcast } = createTestBridge({ 'project.recent': () => recent, ...answers });
  const app = new AppState(bridge);
  return { app, projects: new ProjectsState(bridge, app), broadcast };
}

beforeEach(() => {
  answers = {};
  recent = [recentOf('a')];
});

describe('what an import brings', () => {
  it('is opened: the last of several projects, and the recent list is read again', async () => {
    const { app, projects, broadcast } = createProjects();
    projects.follow();
    await vi.waitFor(() => expect(projects.recent).toEqual(recent));
    recent = [recentOf('b'), recentOf('a')];
    app.show('settings');
    broadcast('project.imported', importOf({ projects: [projectOf('a'), projectOf('b')] }));
    expect([app.project?.name, app.screen]).toEqual(['b', 'projects']);
    await vi.waitFor(() => expect(projects.recent).toHaveLength(2));
  });

  it('is an archive that is analyzed, or one for the screen that takes archives', () => {
    const { app, projects } = createProjects();
    projects.applyImport(importOf({ archives: [archiveOf('x'), archiveOf('y')] }));
    expect([app.archive?.name, app.screen]).toEqual(['y', 'images']);
    const taken: string[] = [];
    app.archiveHandler = ({ name }) => void taken.push(name);
    app.show('compare');
    projects.applyImport(importOf({ archives: [archiveOf('x'), archiveOf('y')] }));
    expect([taken, app.screen]).toEqual([['x', 'y'], 'compare']);
  });

  it('that fails is listed on the start screen until it is dismissed', () => {
    const { app, projects } = createProjects();
    app.openProject(projectOf('a'));
    projects.applyImport(importOf({ failures: [failure] }));
    expect([projects.failures, app.project]).toEqual([[failure], null]);
    projects.dismissFailures();
    expect(projects.failures).toEqual([]);
  });

  it('that fails in part opens the rest, and lists what failed', () => {
    const { app, projects } = createProjects();
    projects.applyImport(importOf({ projects: [projectOf('a')], failures: [failure] }));
    expect([projects.failures, app.project?.name]).toEqual([[failure], 'a']);
  });

  it('that fails on a screen that takes archives is reported there', () => {
    const { app, projects } = createProjects();
    app.openProject(projectOf('a'));
    app.show('compare');
    app.archiveHandler = () => undefined;
    projects.applyImport(importOf({ failures: [failure] }));
    expect([projects.failures, app.project?.name, app.screen]).toEqual([[], 'a', 'compare']);
    expect(app.notices).toHaveLength(1);
  });
});

describe('opening', () => {
  it('is one at a time', async () => {
    const gate = createGate();
    let choices = 0;
    answers = {
      'project.choose': async () => {
        choices += 1;
        await gate.passed;
        return importOf({ projects: [projectOf('a')] });
      }
    };
    const { app, projects } = createProjects();
    const choosing = projects.choose();
    expect(projects.opening).toBe('choose');
    await projects.choose();
    await projects.openSample();
    gate.open();
    await choosing;
    expect([choices, projects.opening, app.project?.name]).toEqual([1, null, 'a']);
  });

  it('a recent project that is gone is listed as failed, under its name', async () => {
    const error = { code: 'project-unknown' } as const;
    answers = {
      'project.open': (): CallOutput<'project.open'> => {
        throw new CallError(error);
      }
    };
    const { projects } = createProjects();
    await projects.open(recentOf('a'));
    expect(projects.failures).toEqual([{ name: 'a', error }]);
  });

  it('is possible again after a call that failed, which is reported', async () => {
    const { app, projects } = createProjects();
    await projects.chooseArchive();
    expect([projects.opening, app.notices.length]).toEqual([null, 1]);
  });
});

describe('forgetting', () => {
  it('removes a project from the list, and closes it if it is open', async () => {
    answers = {
      'project.forget': () => {
        recent = [];
        return {};
      }
    };
    const { app, projects } = createProjects();
    app.openProject(projectOf('a'));
    await projects.forget(recentOf('a'));
    expect([projects.recent, app.project]).toEqual([[], null]);
  });

  it('leaves another project open', async () => {
    answers = { 'project.forget': () => ({}) };
    const { app, projects } = createProjects();
    app.openProject(projectOf('b'));
    await projects.forget(recentOf('a'));
    expect(app.project?.name).toBe('b');
  });
});
