import { Notification, type BrowserWindow } from 'electron';
import { isAwaited } from '#contract/jobs/job-kinds.ts';
import type { AnyJobEvents, JobId, JobInfo } from '#contract/schema/job.ts';
import { words } from '#contract/words/words.ts';

/** Shows running jobs on the window's progress bar; a job that ends while the window is hidden shows a notification. */
export class JobNotifications {
  readonly #running = new Map<JobId, JobInfo>();
  readonly #window: () => BrowserWindow | undefined;

  constructor(window: () => BrowserWindow | undefined) {
    this.#window = window;
  }

  /** Counts a job as running until its end is among its events. */
  started(info: JobInfo): void {
    this.#running.set(info.jobId, info);
    this.#showProgress();
  }

  events({ jobId, kind, events }: AnyJobEvents): void {
    const last = events.at(-1);
    if (last === undefined || !('end' in last) || !this.#running.has(jobId)) return;
    this.#running.delete(jobId);
    this.#showProgress();
    const window = this.#window();
    const unseen = window !== undefined && (!window.isVisible() || window.isMinimized());
    if (!isAwaited(kind) || !unseen || last.end.kind === 'cancelled' || !Notification.isSupported()) return;
    const notification = new Notification({ title: words.app.name, body: words.app.jobEnded[kind][last.end.kind] });
    notification.on('click', () => window.show());
    notification.show();
  }

  #showProgress(): void {
    // Electron draws an indeterminate bar for values above 1, and none for -1.
    this.#window()?.setProgressBar(this.#running.size > 0 ? 2 : -1);
  }
}
