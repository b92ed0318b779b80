import type { Bridge } from '#contract/ipc/bridge.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { Draft } from '#contract/schema/draft.ts';
import { call, toErrorData } from '../../bridge/call.ts';

/** Min time between two writes while someone types. */
const intervalMs = 250;

/** What is stored of an open file. */
export interface DraftSource extends Draft {
  readonly isUnsaved: boolean;
}

/** Stores the unsaved texts of a project's files, so that they outlive the page and the app. */
export class DraftKeeper {
  readonly #bridge: Bridge;
  readonly #projectId: string;
  readonly #onError: (error: AppErrorData) => void;
  readonly #changed = new Set<DraftSource>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasFailed = false;

  /** `onError` is called when a draft cannot be stored, and not again until one can. */
  constructor(bridge: Bridge, projectId: string, onError: (error: AppErrorData) => void) {
    this.#bridge = bridge;
    this.#projectId = projectId;
    this.#onError = onError;
  }

  /** The stored drafts. Throws CallError. */
  async list(): Promise<Draft[]> {
    return call(this.#bridge, 'draft.list', { projectId: this.#projectId });
  }

  /** Stores the text of a file that changed, or removes its draft if it is now saved: at once, or soon after the last. */
  update(document: DraftSource): void {
    this.#changed.add(document);
    if (this.#timer === undefined) this.flush();
  }

  /** Stores what changed immediately. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#changed.size === 0) return;
    for (const document of this.#changed) void this.#store(document);
    this.#changed.clear();
    this.#timer = setTimeout(() => this.flush(), intervalMs);
  }

  async #store({ file, text, revision, isUnsaved }: DraftSource): Promise<void> {
    const projectId = this.#projectId;
    try {
      if (isUnsaved) await call(this.#bridge, 'draft.save', { projectId, draft: { file, text, revision } });
      else await call(this.#bridge, 'draft.remove', { projectId, file });
      this.#hasFailed = false;
    } catch (cause) {
      if (!this.#hasFailed) this.#onError(toErrorData(cause));
      this.#hasFailed = true;
    }
  }
}
