import { dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import { words } from '#contract/words/words.ts';
import type { RunningWork } from './running-work.ts';

/** Asks whether to quit although jobs are running, and names them. True without a question if none is. */
export async function confirmQuit(work: readonly RunningWork[], parent: BrowserWindow | undefined): Promise<boolean> {
  const [first] = work;
  if (first === undefined) return true;
  const text = words.app.quit;
  const options: MessageBoxOptions = {
    type: 'warning',
    message: work.length === 1 ? text.title(first.kind) : text.titleOfMany(work.length),
    detail: text.detail(work.map(describeWork)),
    buttons: [text.quit, text.keep],
    defaultId: 1,
    cancelId: 1
  };
  const { response } = await (parent ? dialog.showMessageBox(parent, options) : dialog.showMessageBox(options));
  return response === 0;
}

function describeWork({ kind, project }: RunningWork): string {
  const doing = words.app.running[kind];
  return project === null ? doing : `${project} · ${doing}`;
}
