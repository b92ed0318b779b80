import { defaultReference, formatReference, type Reference } from '#contract/domain/reference.ts';
import type { ContextSize, Project } from '#contract/schema/project.ts';
import { words } from '#contract/words/words.ts';
import { call } from '../../bridge/call.ts';
import { BuildState } from '../build/build-state.svelte.ts';
import { comparedFromBuild, comparedFromRegistry } from '../compare/compared-image.ts';
import type { ComparisonState } from '../compare/comparison-state.svelte.ts';
import { ProjectFiles } from '../editor/project-files.svelte.ts';
import { formatClock } from '../../text/format-time.ts';
import { PushState } from '../push/push-state.svelte.ts';
import { requiresSignIn } from '../../state/requires-sign-in.ts';
import type { States } from '../../state/states.ts';
import { ImageReference, proposeReference } from './image-reference.svelte.ts';
import { SelectionState } from '../../selection/selection-state.svelte.ts';

/** Nobody may push to Docker Hub's own namespace. */
const isLocalName = ({ domain, path }: Reference): boolean => domain === 'docker.io' && path.startsWith('library/');

/** Everything on the screen of one project. Call follow once; it returns a function that releases everything. */
export class WorkspaceState {
  project: Project;
  context = $state.raw<ContextSize | 'failed' | null>(null);
  optionsOpen = $state(false);
  optionsValid = $state(true);
  readonly selection = new SelectionState();
  readonly files: ProjectFiles;
  readonly build: BuildState;
  readonly push: PushState;
  readonly reference: ImageReference;

  readonly #states: States;
  readonly #comparison: ComparisonState;

  constructor(states: States, comparison: ComparisonState, project: Project) {
    this.#states = states;
    this.#comparison = comparison;
    this.project = $state.raw(project);
    this.build = new BuildState(states.bridge, project.id);
    this.push = new PushState(states.bridge);
    this.files = new ProjectFiles(states.bridge, project, this.selection, {
      onReloaded: (file) => {
        const { reloaded, reloadedMore } = words.workspace;
        states.app.notify({ tone: 'info', title: reloaded(file), text: reloadedMore });
        void this.measureContext();
      },
      onSaved: () => void this.measureContext(),
      onRestored: (files) => {
        const { restored, restoredMore } = words.workspace;
        states.app.notify({ tone: 'info', title: restored, text: restoredMore(files) });
      },
      onDraftError: (error) => states.app.notifyError(error)
    });
    this.reference = new ImageReference(() =>
      proposeReference({
        projectName: this.project.name,
        account: this.#pushAccount(),
        lastTag: this.build.lastImage?.pushed?.reference ?? this.build.lastImage?.options.tag ?? null
      })
    );
  }

  /** Reads the project and attaches to its running jobs. */
  follow(): () => void {
    const { bridge, app } = this.#states;
    const unsubscribeFiles = this.files.follow();
    const unsubscribeJobs = bridge.on('job.started', (info) => {
      if (info.projectId === this.project.id && info.kind === 'push') this.push.isShown = true;
    });
    void this.measureContext();
    void app.attempt(async () => {
      await Promise.all([this.files.load(), this.build.load()]);
      await this.#attachJobs();
    });
    return () => {
      unsubscribeFiles();
      unsubscribeJobs();
      this.build.dispose();
      this.push.dispose();
    };
  }

  /** Why a build cannot start now; null if it can. */
  get buildObstacle(): string | null {
    const { reasons } = words.workspace;
    if (this.files.starter !== null || this.files.dockerfile === null) return reasons.noDockerfile;
    if (this.build.job.running) return reasons.building;
    if (!this.#states.engine.connected) return reasons.noEngine;
    if (!this.optionsValid) return reasons.badArguments;
    return this.reference.reference === null ? reasons.badReference : null;
  }

  /** Why a push cannot start now; null if it can. */
  get pushObstacle(): string | null {
    const { reasons } = words.workspace;
    if (this.build.lastImage === null || this.build.isImageMissing) return reasons.notBuilt;
    if (this.push.job.running) return reasons.pushing;
    if (this.build.job.running) return reasons.building;
    if (!this.#states.engine.connected) return reasons.noEngine;
    return this.reference.reference === null ? reasons.badReference : null;
  }

  /** The image that a push sends. */
  get pushHint(): string {
    const record = this.build.lastImage;
    if (this.pushObstacle !== null || record === null) return this.pushObstacle ?? '';
    const clock = formatClock(record.startedAt + record.durationMs);
    return this.isStale ? words.workspace.pushStale(clock) : words.workspace.pushLast(clock);
  }

  /** The Dockerfile has changed since the last image was built. */
  get isStale(): boolean {
    const record = this.build.lastImage;
    const document = this.files.documents.find((doc) => doc.file === record?.dockerfile);
    return record !== null && document !== undefined && document.text !== record.dockerfileText;
  }

  /** Saves what is unsaved and builds; does nothing while `buildObstacle` says why not, or where saving fails. */
  async startBuild(): Promise<void> {
    const { reference } = this.reference;
    const document = this.files.dockerfile;
    if (this.buildObstacle !== null || reference === null || document === null) return;
    if (!(await this.files.saveAll())) return;
    this.push.isShown = false;
    this.selection.select(null);
    await this.build.start(document.file, document.savedText, formatReference(reference));
  }

  /**
   * Pushes the last image under the name in the field; does nothing while `pushObstacle` says why not. A proposed name
   * without a namespace is only local, so a sign-in, which gives the namespace, comes first.
   */
  async startPush(): Promise<void> {
    const { reference } = this.reference;
    const record = this.build.lastImage;
    if (this.pushObstacle !== null || reference === null || record?.imageId == null) return;
    if (this.reference.typed === null && this.#pushAccount() === null && isLocalName(reference)) {
      this.#states.app.requestSignIn({ onSignedIn: () => void this.startPush() });
      return;
    }
    await this.push.start({
      projectId: this.project.id,
      buildId: record.id,
      engineId: record.builtOn?.id ?? null,
      imageId: record.imageId,
      reference: formatReference(reference)
    });
  }

  /** Compares the last build with the previous one, which is the baseline. */
  async compareWithPrevious(): Promise<void> {
    const { app } = this.#states;
    const before = comparedFromBuild(this.build.previousImage, words.compare.previousBuild);
    const last = comparedFromBuild(this.build.lastImage, words.compare.lastBuild);
    if (before === null || last === null) return;
    app.show('compare');
    await this.#comparison.choose([before, last], this.project.id);
  }

  /** Compares the registry's image of the pushed name with the last build, which is the baseline. */
  async compareWithRegistry(): Promise<void> {
    const { app, bridge } = this.#states;
    const last = comparedFromBuild(this.build.lastImage, words.compare.lastBuild);
    const result = this.push.job.result;
    if (last === null || result === null) return;
    app.show('compare');
    // Without the cache, as results from before the push are outdated; the comparison reports errors.
    await call(bridge, 'registry.image', { reference: result.reference, platform: null }).catch(() => undefined);
    await this.#comparison.choose([last, comparedFromRegistry(result.reference, null)], this.project.id);
  }

  /** The name in the signed-in account's own namespace, if the registry denied the push to another one; else null. */
  get ownReference(): string | null {
    const { error } = this.push;
    const { reference } = this.reference;
    if (error?.code !== 'registry-denied' || reference === null) return null;
    const username = this.#states.accounts.accountFor(error.host)?.username ?? null;
    const projectName = reference.path.split('/').at(-1) ?? '';
    const own = defaultReference({ registry: reference.domain, username, projectName });
    const isOther = own.path.includes('/') && own.path !== reference.path;
    return isOther ? formatReference({ ...own, tag: reference.tag }) : null;
  }

  /** Pushes under another name, which then is the project's. */
  async pushAs(name: string): Promise<void> {
    this.reference.typed = name;
    await this.startPush();
  }

  /** Requests a sign-in if the registry requires one; the push then continues automatically. */
  signInAndPush(): void {
    const { error } = this.push;
    if (error === null || !requiresSignIn(error)) return;
    this.#states.app.requestSignIn({ registry: error.host, error, onSignedIn: () => void this.startPush() });
  }

  /** Asks for a login of a registry that a build pulls from; the build starts again when it is given. */
  signInAndBuild(registry: string): void {
    const { error } = this.build;
    this.#states.app.requestSignIn({ registry, error, onSignedIn: () => void this.startBuild() });
  }

  /** Writes the proposed files, which makes the project one with a Dockerfile. Throws CallError. */
  async writeStarter(): Promise<void> {
    this.project = await this.files.writeStarter();
    await this.measureContext();
  }

  async showInFolder(): Promise<void> {
    await call(this.#states.bridge, 'project.showInFolder', { projectId: this.project.id });
  }

  /** Reads the size of the build context again; 'failed' where it cannot be measured. */
  async measureContext(): Promise<void> {
    try {
      const dockerfile = this.files.starter === null ? (this.files.dockerfile?.file ?? null) : null;
      this.context = await call(this.#states.bridge, 'project.measureContext', {
        projectId: this.project.id,
        dockerfile
      });
    } catch {
      this.context = 'failed';
    }
  }

  async #attachJobs(): Promise<void> {
    const jobs = await call(this.#states.bridge, 'job.list', {});
    const projectJobs = jobs
      .filter((job) => job.projectId === this.project.id)
      .sort((a, b) => b.startedAt - a.startedAt);
    const build = projectJobs.find((job) => job.kind === 'build');
    const push = projectJobs.find((job) => job.kind === 'push');
    if (build !== undefined && this.build.job.info === null)
      await this.build.attach(build, this.files.dockerfile?.savedText ?? null);
    if (push !== undefined && this.push.job.info === null && (push === projectJobs[0] || !push.ended)) {
      await this.push.attach(push);
    }
  }

  #pushAccount(): { registry: string; username: string | null } | null {
    const { accounts } = this.#states;
    return accounts.accountFor('docker.io') ?? accounts.list?.accounts[0] ?? null;
  }
}
