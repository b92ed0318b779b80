import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { words } from '#contract/words/words.ts';
import { recoverPage } from '../../../electron/main/recover-page.ts';
import { person, resetPerson } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const text = words.app;
let done: string[];
let window: EventEmitter;
let webContents: EventEmitter;

beforeEach(() => {
  resetPerson();
  done = [];
  webContents = Object.assign(new EventEmitter(), {
    reload: () => void done.push('reload'),
    forcefullyCrashRenderer: () => {
      done.push('crash');
      webContents.emit('render-process-gone', {}, { reason: 'killed' });
    }
  });
  window = Object.assign(new EventEmitter(), {
    webContents,
    isDestroyed: () => false,
    close: () => void done.push('close')
  });
  recoverPage(window as never, () => undefined);
});

describe('a page that does not respond', () => {
  it('is ended and reloaded if the user agrees', async () => {
    person.answers = text.reload;
    window.emit('unresponsive');
    await vi.waitFor(() => expect(done).toEqual(['crash', 'reload']));
    expect(person.messages).toMatchObject([
      { message: text.pageHangs, detail: text.reloadDetail, buttons: [text.reload, text.wait] }
    ]);
  });

  it('is left alone if the user waits, and asked about again the next time', async () => {
    person.answers = text.wait;
    window.emit('unresponsive');
    window.emit('unresponsive');
    await vi.waitFor(() => expect(person.messages).toHaveLength(1));
    await vi.waitFor(() => {
      window.emit('unresponsive');
      expect(person.messages).toHaveLength(2);
    });
    expect(done).toEqual([]);
  });

  it('that responds again takes the question away', async () => {
    window.emit('unresponsive');
    await vi.waitFor(() => expect(person.messages).toHaveLength(1));
    window.emit('responsive');
    await new Promise((resolve) => setImmediate(resolve));
    expect(person.messages[0]?.signal?.aborted).toBe(true);
    expect(done).toEqual([]);
  });
});

describe('a page whose process ends', () => {
  it('is reloaded at once, and asked about when it happens again soon', async () => {
    person.answers = text.closeWindow;
    webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect([done, person.messages]).toEqual([['reload'], []]);
    webContents.emit('render-process-gone', {}, { reason: 'oom' });
    await vi.waitFor(() => expect(done).toEqual(['reload', 'close']));
    expect(person.messages).toMatchObject([{ message: text.pageCrashed }]);
  });

  it('as part of closing is not reloaded', () => {
    webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect([done, person.messages]).toEqual([[], []]);
  });
});
