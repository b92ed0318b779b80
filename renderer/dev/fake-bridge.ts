import type { Bridge, Reply } from '#contract/ipc/bridge.ts';
import type { CallInput, CallName, CallOutput } from '#contract/ipc/calls.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { defaultSettings } from '#contract/domain/default-settings.ts';
import type { Settings } from '#contract/schema/settings.ts';
import { fakeCells, overview } from './fake-analysis.ts';
import { FakeComparison } from './fake-comparison.ts';
import * as data from './fake-data.ts';
import { FakeImages } from './fake-images.ts';
import type { Broadcast } from './broadcast.ts';
import { FakeJobs } from './fake-jobs.ts';
import { fakePath, fakeRows, nodeOfPath } from './fake-tree.ts';
import { replaceNames, restoreNames } from './replace-names.ts';
import type { Scene } from './scene.ts';

type FakeHandlers = { [N in CallName]: (input: Required<CallInput<N>>) => CallOutput<N> };

class FakeCallError extends Error {
  readonly error: AppErrorData;

  constructor(error: AppErrorData) {
    super(error.code);
    this.error = error;
  }
}

export interface FakeBridge {
  readonly bridge: Bridge;
  readonly broadcast: Broadcast;
}

/** A bridge whose main is an object in the page. */
export function createFakeBridge(scene: Scene): FakeBridge {
  const listeners = new Map<string, Set<(message: never) => void>>();
  const replace = <Value>(value: Value): Value => replaceNames(value, scene.names);
  const restore = <Value>(value: Value): Value => restoreNames(value, scene.names);
  const broadcast: Broadcast = (topic, message) => {
    for (const listener of listeners.get(topic) ?? []) listener(replace(message) as never);
  };
  const handlers = createHandlers(scene, broadcast);

  const answer = async (work: () => unknown): Promise<Reply<never>> => {
    await Promise.resolve();
    try {
      return { ok: true, value: replace(work()) as never };
    } catch (cause) {
      if (cause instanceof FakeCallError) return { ok: false, error: replace(cause.error) };
      return { ok: false, error: { code: 'internal', detail: String(cause) } };
    }
  };

  const bridge: Bridge = {
    call: (name: CallName, input: never) => answer(() => handlers[name](restore(input))),
    on: (topic, listener) => {
      const topicListeners = listeners.get(topic) ?? new Set();
      listeners.set(topic, topicListeners.add(listener));
      return () => topicListeners.delete(listener);
    },
    drop: () => answer(() => handlers['project.choose']({}))
  };
  return { bridge, broadcast };
}

function createHandlers(scene: Scene, broadcast: Broadcast): FakeHandlers {
  let settings: Settings = { ...defaultSettings, theme: scene.theme };
  let recent = scene.empty ? [] : data.recentProjects;
  let accounts = scene.empty ? [] : data.accounts;
  const texts: Record<string, string> = { Dockerfile: data.dockerfileText, '.dockerignore': '.git\n__pycache__\n' };
  const jobs = new FakeJobs(scene, broadcast);
  const project = scene.starter ? { ...data.project, dockerfiles: [] } : data.project;
  const opened = { projects: [project], archives: [], failures: [] };
  const images = new FakeImages(scene.empty ? 'none' : scene.many ? 'many' : 'few');
  const comparison = new FakeComparison();
  const keychain = scene.keychain
    ? { kind: 'available' as const, name: 'GNOME Keyring' }
    : {
        kind: 'unavailable' as const,
        detail: 'The name org.freedesktop.secrets was not provided by any .service files'
      };

  return {
    'app.info': () => ({
      version: '0.1.0',
      electron: '45.4.1',
      chrome: '148.0.7778.97',
      platform: 'linux',
      notices: scene.isFailing('store')
        ? [{ kind: 'store-damaged', name: 'settings.json', renamedTo: 'settings.damaged.json' }]
        : [],
      opened: scene.project ? opened : null
    }),
    'app.openLink': () => ({}),
    'app.copyText': () => ({}),
    'menu.enable': () => ({}),
    'settings.get': () => settings,
    'settings.change': (change) => {
      settings = { ...settings, ...change } as Settings;
      broadcast('settings.changed', settings);
      return settings;
    },
    'project.recent': () => recent,
    'project.choose': () =>
      scene.isFailing('import')
        ? {
            projects: [],
            archives: [],
            failures: [
              {
                name: 'secret',
                error: {
                  code: 'project-unreadable',
                  name: 'secret',
                  detail: "EACCES: permission denied, scandir '/root/secret'"
                }
              }
            ]
          }
        : opened,
    'archive.choose': () => ({
      projects: [],
      archives: [{ archiveId: 'fake-archive', name: 'app.tar' }],
      failures: []
    }),
    'project.sample': () => opened,
    'project.open': ({ projectId }) => {
      const found = recent.find((project) => project.id === projectId);
      if (!found || found.missing)
        throw new FakeCallError({ code: 'project-vanished', name: found?.name ?? projectId });
      return { ...data.project, id: found.id, name: found.name, displayPath: found.displayPath, stack: found.stack };
    },
    'project.setOpen': () => ({}),
    'project.forget': ({ projectId }) => {
      recent = recent.filter((project) => project.id !== projectId);
      return {};
    },
    'project.measureContext': () => ({ fileCount: 3, sizeBytes: 1900, ignoredCount: 14, unreadable: [] }),
    'project.starter': () => ({
      stack: data.project.stack,
      files: [{ file: 'Dockerfile', text: data.dockerfileText }]
    }),
    'project.writeStarter': () => data.project,
    'project.showInFolder': () => ({}),
    'file.read': ({ file }) => ({
      file,
      text: texts[file] ?? '',
      revision: `${file} ${(texts[file] ?? '').length}`
    }),
    'file.save': ({ file, text }) => {
      texts[file] = text;
      return { revision: `${file} ${text.length}` };
    },
    'draft.list': () => [],
    'draft.save': () => ({}),
    'draft.remove': () => ({}),
    'engine.state': () => data.engineStates[scene.engine],
    'engine.candidates': () => data.candidates,
    'engine.use': ({ engineId }) => {
      settings = { ...settings, preferredEngine: engineId };
      broadcast('settings.changed', settings);
      return {};
    },
    'engine.retry': () => {
      broadcast('engine.state', { kind: 'searching' });
      setTimeout(() => broadcast('engine.state', data.engineStates[scene.engine]), 800);
      return {};
    },
    'engine.startPrivate': ({ program }) => {
      broadcast('engine.state', { kind: 'starting', program });
      setTimeout(() => broadcast('engine.state', data.engineStates.connected), 1500);
      return {};
    },
    'build.start': ({ projectId, options }) => ({ jobId: jobs.startBuild(projectId, options.tag) }),
    'build.records': ({ projectId }) =>
      scene.empty ? [] : data.buildRecords.filter((record) => record.projectId === projectId),
    'image.list': () => images.list,
    'image.inspect': () => data.imageDetail,
    'analysis.start': ({ projectId }) => ({ jobId: jobs.startAnalysis(projectId) }),
    'analysis.overview': () => overview,
    'analysis.cells': fakeCells,
    'analysis.rows': fakeRows,
    'analysis.path': fakePath,
    'analysis.findPath': ({ path }) => ({ node: nodeOfPath(path) }),
    'analysis.export': ({ format }) => ({ savedAs: `simple-flask-web.${format}` }),
    'analysis.exportPng': () => ({ savedAs: 'simple-flask-web.png' }),
    'analysis.previewFile': () => ({
      kind: 'text',
      text: data.dockerfileText,
      sizeBytes: data.dockerfileText.length,
      truncated: false
    }),
    'analysis.stopPreview': () => ({}),
    'analysis.saveFile': () => ({ jobId: jobs.startSave([]) }),
    'analysis.close': () => ({}),
    'comparison.start': ({ sources }) => {
      comparison.start(sources);
      return { jobId: jobs.startComparison(sources.length) };
    },
    'comparison.overview': (input) => comparison.overview(input),
    'comparison.cells': (input) => comparison.cells(input),
    'comparison.differences': (input) => comparison.differences(input),
    'comparison.rows': (input) => comparison.rows(input),
    'comparison.settings': (input) => comparison.settings(input),
    'comparison.readPackages': () => ({ jobId: jobs.startComparison(2) }),
    'comparison.packages': () => comparison.packages(),
    'comparison.readContents': () => ({ jobId: jobs.startComparison(2) }),
    'comparison.contents': () => ({ pathCount: 1204, layerBytes: 84_000_000, isRead: false }),
    'comparison.export': ({ format }) => ({ savedAs: `comparison.${format}` }),
    'comparison.exportPng': () => ({ savedAs: 'comparison.png' }),
    'comparison.remember': () => ({}),
    'comparison.recall': () => comparison.recall(scene.compared),
    'comparison.close': () => ({}),
    'registry.image': ({ reference }) => {
      throw new FakeCallError({ code: 'registry-not-signed-in', host: reference.split('/')[0] ?? '' });
    },
    'image.layers': ({ ids }) => images.layersOf(ids),
    'image.users': () => images.users(),
    'image.remove': ({ image }) => {
      setTimeout(() => broadcast('image.changed', {}));
      return images.remove(image);
    },
    'image.tag': ({ image, reference }) => {
      images.tag(image, reference);
      setTimeout(() => broadcast('image.changed', {}));
      return {};
    },
    'image.save': ({ images: saved }) => ({ jobId: jobs.startSave(saved) }),
    'image.load': () => ({ jobId: jobs.startLoad() }),
    'credential.list': () => ({
      accounts,
      keychain,
      problems: scene.isFailing('helper') ? [{ code: 'credential-helper-missing', helper: 'desktop' }] : []
    }),
    'credential.signIn': ({ registry, username }) => {
      if (scene.isFailing('sign-in'))
        throw new FakeCallError({
          code: 'registry-wrong-password',
          host: registry,
          needsToken: registry === 'docker.io'
        });
      const account = {
        id: `a${registry}`,
        registry,
        username,
        home: 'keychain' as const,
        helper: null,
        plaintext: false
      };
      accounts = [...accounts.filter((other) => other.registry !== registry), account];
      return account;
    },
    'credential.signOut': ({ accountId }) => {
      accounts = accounts.filter((account) => account.id !== accountId);
      return {};
    },
    'push.start': ({ projectId, reference }) => ({ jobId: jobs.startPush(projectId, reference) }),
    'job.list': () => jobs.list(),
    'job.attach': ({ jobId }) => jobs.attach(jobId),
    'job.cancel': ({ jobId }) => {
      jobs.cancel(jobId);
      return {};
    }
  };
}
