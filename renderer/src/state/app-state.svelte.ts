import type { Bridge } from '#contract/ipc/bridge.ts';
import type { CallOutput } from '#contract/ipc/calls.ts';
import type { Account } from '#contract/schema/credential.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { OpenedArchive, Project } from '#contract/schema/project.ts';
import { words } from '#contract/words/words.ts';
import { call, toErrorData } from '../bridge/call.ts';
import type { Toast } from '../ui/toast.ts';
import { describeError } from '../text/describe-error.ts';

export type Screen = 'projects' | 'images' | 'compare' | 'builds' | 'accounts' | 'settings';
export type AppInfo = CallOutput<'app.info'>;

/** A request to sign in; `onSignedIn` continues the action that required it. */
export interface SignInRequest {
  readonly registry: string | null;
  /** The registry's error, if it caused the request. */
  readonly error: AppErrorData | null;
  readonly onSignedIn: ((account: Account) => void) | null;
}

const noticeLimit = 5;
const noticeMs = 4_000;

/** The current screen, project, open overlays, and toasts. */
export class AppState {
  info = $state.raw<AppInfo | null>(null);
  screen = $state<Screen>('projects');
  /** The open project; it stays open while other screens are displayed. */
  project = $state.raw<Project | null>(null);
  /** The analyzed image archive, displayed instead of the engine's images. */
  archive = $state.raw<OpenedArchive | null>(null);
  notices = $state.raw<readonly Toast[]>([]);
  paletteOpen = $state(false);
  aboutOpen = $state(false);
  licensesOpen = $state(false);
  signIn = $state.raw<SignInRequest | null>(null);

  /** The current screen takes archives, instead of having them analyzed. */
  archiveHandler: ((archive: OpenedArchive) => void) | null = null;

  readonly #bridge: Bridge;
  #readReference = $state.raw<(() => string) | null>(null);
  #lastNotice = 0;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  get isMac(): boolean {
    return this.info?.platform === 'darwin';
  }

  /** The reference that the open project would be pushed as, for the window's title; null while no project is open. */
  get reference(): string | null {
    return this.#readReference?.() ?? null;
  }

  /** Sets the reference of the open project until the returned function is called. */
  provideReference(read: () => string): () => void {
    this.#readReference = read;
    return () => {
      if (this.#readReference === read) this.#readReference = null;
    };
  }

  /** Reads the app's info from main; returns the folders given on the command line. */
  async load(): Promise<AppInfo> {
    const info = await call(this.#bridge, 'app.info', {});
    this.info = info;
    for (const notice of info.notices) {
      this.notify({
        tone: 'warn',
        title: words.app.dataFileDamaged,
        text: words.app.dataFileReset(notice.name, notice.renamedTo)
      });
    }
    return info;
  }

  /** Shows a screen; errors of the one before do not follow to it. */
  show(screen: Screen): void {
    if (screen !== this.screen) this.notices = this.notices.filter(({ tone }) => tone !== 'bad');
    this.screen = screen;
  }

  openProject(project: Project): void {
    this.project = project;
    this.show('projects');
    this.#rememberProject();
  }

  openArchive(archive: OpenedArchive): void {
    this.archive = archive;
    this.show('images');
  }

  closeProject(): void {
    this.project = null;
    this.show('projects');
    this.#rememberProject();
  }

  /** Opens the sign-in dialog, over whatever is shown. */
  requestSignIn(request: Partial<SignInRequest> = {}): void {
    this.signIn = { registry: null, error: null, onSignedIn: null, ...request };
  }

  /** Shows a notice in the corner, at most five. One without a problem or an action goes by itself after 4 s. */
  notify(notice: Omit<Toast, 'id'>): void {
    const id = (this.#lastNotice += 1);
    this.notices = [...this.notices, { ...notice, id }].slice(-noticeLimit);
    const expires = notice.tone === 'info' || notice.tone === 'go';
    if (expires && notice.action === undefined) setTimeout(() => this.dismiss(id), noticeMs);
  }

  /** Shows an error as a toast, for actions without a place of their own to show it. */
  notifyError(error: AppErrorData): void {
    const text = describeError(error);
    this.notify({ tone: 'bad', title: text.title, text: text.next, detail: text.detail });
  }

  dismiss(id: number): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }

  /** Runs the action of a button or menu item; errors are shown as a toast. */
  async attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (cause) {
      this.notifyError(toErrorData(cause));
    }
  }

  /** Saves a document and reports the name of its file; does nothing if the dialog was dismissed. */
  async saveDocument(save: () => Promise<{ savedAs: string | null }>): Promise<void> {
    await this.attempt(async () => {
      const { savedAs } = await save();
      if (savedAs !== null) this.notify({ tone: 'go', title: words.report.saved(savedAs) });
    });
  }

  async openLink(url: string): Promise<void> {
    await this.attempt(() => call(this.#bridge, 'app.openLink', { url }));
  }

  async copyText(text: string): Promise<void> {
    await this.attempt(async () => {
      await call(this.#bridge, 'app.copyText', { text });
      this.notify({ tone: 'go', title: words.app.copied });
    });
  }

  /** For the next start. If it cannot be stored, that opens the list of projects. */
  #rememberProject(): void {
    void call(this.#bridge, 'project.setOpen', { projectId: this.project?.id ?? null }).catch(() => undefined);
  }
}
