import { join } from 'node:path';
import type { CallHandlers } from '#contract/ipc/calls.ts';
import type { ImportResult } from '#contract/schema/project.ts';
import { CredentialService } from '#core/credential/credential-service.ts';
import { isInsecureForEngine } from '#core/engine/insecure-registries.ts';
import { EngineConnection } from '#core/engine/engine-connection.ts';
import { readHostEnvironment } from '#core/util/host-environment.ts';
import { hostPlatform } from '#core/oci/platform.ts';
import { OpenComparisons } from '#core/compare/open-comparisons.ts';
import { OpenAnalyses } from '#core/analysis/open-analyses.ts';
import { OpenArchives } from '#core/analysis/open-archives.ts';
import { RemoteImages } from '#core/registry/remote-images.ts';
import { JobRunner } from '#core/job/job-runner.ts';
import { OpenProjects } from '#core/project/open-projects.ts';
import { openStagingFolder } from '#core/util/staging-folder.ts';
import { openStore } from '#core/store/open-store.ts';
import { analysisHandlers } from './handlers/analysis-handlers.ts';
import { appHandlers, openLink } from './handlers/app-handlers.ts';
import { archiveHandlers } from './handlers/archive-handlers.ts';
import { buildHandlers } from './handlers/build-handlers.ts';
import { comparisonHandlers } from './handlers/comparison-handlers.ts';
import { credentialHandlers } from './handlers/credential-handlers.ts';
import { draftHandlers } from './handlers/draft-handlers.ts';
import { engineHandlers } from './handlers/engine-handlers.ts';
import { fileHandlers } from './handlers/file-handlers.ts';
import { imageHandlers } from './handlers/image-handlers.ts';
import { jobHandlers } from './handlers/job-handlers.ts';
import { menuHandlers } from './handlers/menu-handlers.ts';
import type { Broadcast, GetWindow } from './handlers/handler-types.ts';
import { projectHandlers } from './handlers/project-handlers.ts';
import { pushHandlers } from './handlers/push-handlers.ts';
import { registryHandlers } from './handlers/registry-handlers.ts';
import { applyTheme, settingsHandlers } from './handlers/settings-handlers.ts';
import { listRunningWork, type RunningWork } from './running-work.ts';
import { JobNotifications } from './job-notifications.ts';

export interface AppOptions {
  /** Contains the settings, records and the private engine's data. */
  readonly dataFolder: string;
  readonly resourcesFolder: string;
  /** The bundle of the worker thread. */
  readonly workerFile: string;
  readonly window: GetWindow;
  readonly broadcast: Broadcast;
  /** Folders from the command line. */
  readonly openedAtStart: string[];
}

export interface Slipway {
  readonly handlers: CallHandlers;
  readonly openPaths: (paths: string[]) => Promise<ImportResult>;
  readonly openLink: (url: string) => Promise<void>;
  /** Finds an engine and connects to it. Loading the client takes too long to do it before the first paint. */
  readonly connectEngine: () => void;
  /** The running jobs that someone waits for, as shown before quitting. */
  readonly runningWork: () => RunningWork[];
  /** Stops everything that is running and waits for it: jobs, watchers, the private engine. */
  close(): Promise<void>;
}

/** Composition root: creates the modules of core and the handlers of the calls. */
export async function compose({
  dataFolder,
  resourcesFolder,
  workerFile,
  window,
  broadcast,
  openedAtStart
}: AppOptions): Promise<Slipway> {
  await openStagingFolder(join(dataFolder, 'temporary'));
  const store = await openStore(join(dataFolder, 'store'));
  const jobNotifications = new JobNotifications(window);
  const jobs = new JobRunner({
    started: (info) => {
      jobNotifications.started(info);
      broadcast('job.started', info);
    },
    events: (batch) => {
      jobNotifications.events(batch);
      broadcast('job.events', batch);
    }
  });
  const environment = readHostEnvironment();
  const engine = new EngineConnection({
    environment,
    privateDataDir: join(dataFolder, 'engine'),
    preferredId: store.settings.get().preferredEngine
  });
  engine.subscribe((state) => broadcast('engine.state', state));
  engine.onImageChange(() => broadcast('image.changed', {}));
  const isInsecure = (host: string): Promise<boolean> =>
    engine.state.kind === 'connected' ? isInsecureForEngine(engine.client(), host) : Promise.resolve(false);
  const logins = new CredentialService({ homeDirectory: environment.homeDir, isInsecure });
  const archives = new OpenArchives();
  const imageDependencies = {
    engine: (engineId: string | null, signal?: AbortSignal) => engine.clientOf(engineId, signal),
    archivePath: (archiveId: string) => archives.pathOf(archiveId),
    workerFile,
    cacheFolder: join(dataFolder, 'layers')
  };
  const analyses = new OpenAnalyses(imageDependencies);
  const remotes = new RemoteImages({
    loginFor: logins.loginFor,
    isInsecure,
    preferredPlatform: () => ('info' in engine.state ? engine.state.info.platform : hostPlatform())
  });
  const comparisons = new OpenComparisons({ ...imageDependencies, remotes });
  const projects = new OpenProjects(store, archives, environment.homeDir, (change) =>
    broadcast('file.changed', change)
  );
  const openPaths = (paths: string[]): Promise<ImportResult> => projects.importPaths(paths);

  applyTheme(store.settings.get());
  store.settings.subscribe((settings) => {
    applyTheme(settings);
    broadcast('settings.changed', settings);
  });
  const reopen = (): Promise<ImportResult | null> => projects.reopen();
  const openFirst = async (): Promise<ImportResult | null> => {
    if (openedAtStart.length > 0) return openPaths(openedAtStart);
    return store.settings.get().reopenProject ? reopen() : null;
  };
  const opened = openFirst();
  const sample = { from: join(resourcesFolder, 'sample'), to: join(dataFolder, 'sample', 'simple-flask-web') };

  return {
    handlers: {
      ...appHandlers(store, opened, reopen),
      ...menuHandlers(),
      ...settingsHandlers(store),
      ...archiveHandlers(projects, window),
      ...projectHandlers(projects, window, sample),
      ...fileHandlers(projects),
      ...draftHandlers(store),
      ...engineHandlers(engine, store),
      ...buildHandlers({ jobs, engine, logins, store }),
      ...imageHandlers({ engine, store, jobs, window }),
      ...analysisHandlers({ jobs, analyses, store, window }),
      ...comparisonHandlers({ jobs, comparisons, store, archives, window }),
      ...registryHandlers(remotes),
      ...credentialHandlers(logins),
      ...pushHandlers({ jobs, engine, logins, store }),
      ...jobHandlers(jobs)
    },
    openPaths,
    openLink,
    runningWork: () => listRunningWork(jobs.list(), store.recent.list()),
    connectEngine: () => void engine.start(),
    close: async () => {
      await jobs.close();
      analyses.closeAll();
      comparisons.closeAll();
      projects.close();
      await engine.close();
      await store.drafts.settle();
    }
  };
}
