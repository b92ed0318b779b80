import { join } from 'node:path';
import type { CallHandlers } from '#contract/ipc/calls.ts';
import type { ImportResult } from '#contract/schema/project.ts';
import { CredentialService } from '#core/credential/logins.ts';
import { EngineConnection } from '#core/engine/engine-connection.ts';
import { readSurroundings } from '#core/util/surroundings.ts';
import { hostPlatform } from '#core/oci/platform.ts';
import { OpenComparisons } from '#core/compare/open-comparisons.ts';
import { OpenAnalyses } from '#core/analysis/open-analyses.ts';
import { OpenArchives } from '#core/analysis/open-archives.ts';
import { RemoteImages } from '#core/registry/remote-images.ts';
import { JobRunner } from '#core/job/job-runner.ts';
import { OpenProjects } from '#core/project/open-projects.ts';
import { openStore } from '#core/store/open-store.ts';
import { analysisHandlers } from './handlers/analysis-handlers.ts';
import { appHandlers, openLink } from './handlers/app-handlers.ts';
import { archiveHandlers } from './handlers/archive-handlers.ts';
import { buildHandlers } from './handlers/build-handlers.ts';
import { comparisonHandlers } from './handlers/comparison-handlers.ts';
import { credentialHandlers } from './handlers/credential-handlers.ts';
import { engineHandlers } from './handlers/engine-handlers.ts';
import { fileHandlers } from './handlers/file-handlers.ts';
import { imageHandlers } from './handlers/image-handlers.ts';
import { jobHandlers } from './handlers/job-handlers.ts';
import { menuHandlers } from './handlers/menu-handlers.ts';
import type { Tell, WindowOf } from './handlers/parts.ts';
import { projectHandlers } from './handlers/project-handlers.ts';
import { pushHandlers } from './handlers/push-handlers.ts';
import { registryHandlers } from './handlers/registry-handlers.ts';
import { applyTheme, settingsHandlers } from './handlers/settings-handlers.ts';
import { LongWork } from './long-work.ts';

export interface Surrounding {
  /** Settings, records and the private engine's data live here. */
  readonly dataFolder: string;
  readonly resourcesFolder: string;
  /** The bundle of the thread that reads images. */
  readonly workerFile: string;
  readonly window: WindowOf;
  readonly tell: Tell;
  /** Folders of the command line. */
  readonly openedAtStart: string[];
}

export interface Slipway {
  readonly handlers: CallHandlers;
  readonly openPaths: (paths: string[]) => Promise<ImportResult>;
  readonly openLink: (url: string) => Promise<void>;
  /** Stops what runs and waits for it: jobs, watchers, the private engine. */
  close(): Promise<void>;
}

/** Puts the parts of core together, and makes them the handlers of the calls. The one place where they meet. */
export async function compose({
  dataFolder,
  resourcesFolder,
  workerFile,
  window,
  tell,
  openedAtStart
}: Surrounding): Promise<Slipway> {
  const store = await openStore(join(dataFolder, 'store'));
  const longWork = new LongWork(window);
  const jobs = new JobRunner({
    started: (info) => {
      longWork.started(info);
      tell('job.started', info);
    },
    events: (jobId, events) => {
      longWork.events(jobId, events);
      tell('job.events', { jobId, events });
    }
  });
  const surroundings = readSurroundings();
  const logins = new CredentialService({ homeDirectory: surroundings.homeDir });
  const engine = new EngineConnection({
    surroundings,
    privateDataDir: join(dataFolder, 'engine'),
    preferredId: store.settings.get().preferredEngine
  });
  engine.subscribe((state) => tell('engine.state', state));
  engine.onImageChange(() => tell('image.changed', {}));
  const archives = new OpenArchives();
  const imageParts = {
    engine: () => engine.client(),
    archivePath: (archiveId: string) => archives.pathOf(archiveId),
    workerFile,
    cacheFolder: join(dataFolder, 'layers')
  };
  const analyses = new OpenAnalyses(imageParts);
  const remotes = new RemoteImages({
    loginFor: (host) => logins.loginFor(host),
    preferredPlatform: () => ('info' in engine.state ? engine.state.info.platform : hostPlatform())
  });
  const comparisons = new OpenComparisons({ ...imageParts, remotes });
  const projects = new OpenProjects(store, archives, surroundings.homeDir, (change) => tell('file.changed', change));
  const openPaths = (paths: string[]): Promise<ImportResult> => projects.importPaths(paths);

  applyTheme(store.settings.get());
  void engine.start();
  const opened = openedAtStart.length > 0 ? openPaths(openedAtStart) : Promise.resolve(null);
  const sample = { from: join(resourcesFolder, 'sample'), to: join(dataFolder, 'sample', 'simple-flask-web') };

  return {
    handlers: {
      ...appHandlers(store, opened),
      ...menuHandlers(),
      ...settingsHandlers(store, tell),
      ...archiveHandlers(projects, window),
      ...projectHandlers(projects, window, sample),
      ...fileHandlers(projects),
      ...engineHandlers(engine, store, tell),
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
    close: async () => {
      await jobs.close();
      analyses.closeAll();
      comparisons.closeAll();
      projects.close();
      await engine.close();
    }
  };
}
