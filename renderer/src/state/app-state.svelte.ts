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

/** A wish to sign in; `onSignedIn` goes on with what wanted it. */
export interface SignInRequest {
  readonly registry: string | null;
  /** What the registry answered, when it was that which led here. */
  readonly error: AppErrorData | null;
  readonly onSignedIn: ((account: Account) => void) | null;
}

const noticeLimit = 5;
const noticeMs = 8_000;

/** Where the person is: screen, project, what is open over it, and what was said. */
export class AppState {
  info = $state.raw<AppInfo | null>(null);
  screen = $state<Screen>('projects');
  /** The project that is open; it stays open while other screens are shown. */
  project = $state.raw<Project | null>(null);
  /** The image archive that is looked into, in place of the engine's images. */
  archive = $state.raw<OpenedArchive | null>(null);
  notices = $state.raw<readonly Toast[]>([]);
  paletteOpen = $state(false);
  aboutOpen = $state(false);
  signIn = $state.raw<SignInRequest | null>(null);

  /** The screen that is shown takes an archive for itself, in place of its being looked into. */
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

  /** What the open project would be pushed as, for the window's title; null while no project is open. */
  get reference(): string | null {
    return this.#readReference?.() ?? null;
  }

  /** Gives the reference of the open project until the returned function is called. */
  provideReference(read: () => string): () => void {
    this.#readReference = read;
    return () => {
      if (this.#readReference === read) this.#readReference = null;
    };
  }

  /** Reads what main knows of itself; gives the folders that the command line named. */
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

  show(screen: Screen): void {
    this.screen = screen;
  }

  openProject(project: Project): void {
    this.project = project;
    this.screen = 'projects';
  }

  openArchive(archive: OpenedArchive): void {
    this.archive = archive;
    this.screen = 'images';
  }

  closeProject(): void {
    this.project = null;
    this.screen = 'projects';
  }

  /** Opens the sign-in dialog, over whatever is shown. */
  requestSignIn(request: Partial<SignInRequest> = {}): void {
    this.signIn = { registry: null, error: null, onSignedIn: null, ...request };
  }

  /** Shows a notice in the corner, at most five. One without a problem or an action goes by itself after 8 s. */
  notify(notice: Omit<Toast, 'id'>): void {
    const id = (this.#lastNotice += 1);
    this.notices = [...this.notices, { ...notice, id }].slice(-noticeLimit);
    const expires = notice.tone === 'info' || notice.tone === 'go';
    if (expires && notice.action === undefined) setTimeout(() => this.dismiss(id), noticeMs);
  }

  /** Says an error in the corner, for actions that have no place of their own to show it. */
  notifyError(error: AppErrorData): void {
    const text = describeError(error);
    this.notify({ tone: 'bad', title: text.title, text: text.next });
  }

  dismiss(id: number): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }

  /** Runs an action of a button or menu; what fails is said in the corner. */
  async attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (cause) {
      this.notifyError(toErrorData(cause));
    }
  }

  /** Saves a document and reports the name of its file; nothing where the dialog was dismissed. */
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
}
