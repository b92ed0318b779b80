import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ElectronApplication, Page } from '@playwright/test';
import { stopProcess, waitUntil } from './process.ts';

/** Drops files or folders on the middle of the window, with the browser's drag events. */
export async function dropOn(page: Page, ...files: string[]): Promise<void> {
  await dragOver(page, ...files);
  await dispatch(page, ['drop'], files);
}

/** Drags files over the window without dropping them. */
export async function dragOver(page: Page, ...files: string[]): Promise<void> {
  await dispatch(page, ['dragEnter', 'dragOver'], files);
}

async function dispatch(page: Page, types: ('dragEnter' | 'dragOver' | 'drop')[], files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of types) await session.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
  await session.detach();
}

/** Drags a folder in with the mouse, from another program's window, with X11's drag protocol. */
export async function dragWithMouse(app: ElectronApplication, path: string): Promise<void> {
  const bounds = await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    window?.setBounds({ x: 240, y: 60, width: 1100, height: 760 });
    return window?.getContentBounds() ?? { x: 0, y: 0, width: 0, height: 0 };
  });
  const script = join(import.meta.dirname, 'drag-source.py');
  const source = spawn('/usr/bin/python3', [script, path, '10', '10'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const reported = new Set<string>();
  createInterface(source.stdout).on('line', (line) => reported.add(line));
  await waitUntil('the window to drag from', () => reported.has('ready'));
  const mouse = (...args: (string | number)[]): Buffer => execFileSync('xdotool', args.map(String));
  const from = { x: 60, y: 40 };
  const to = { x: Math.round(bounds.x + bounds.width / 2), y: Math.round(bounds.y + bounds.height / 2) };
  mouse('mousemove', from.x, from.y, 'mousedown', 1);
  // Toolkits start a drag after some pixels of movement, and query the window below at each further one.
  let step = 0;
  const moveUntil = (report: string, around: { x: number; y: number }): Promise<void> =>
    waitUntil(`the drag to be ${report}`, () => {
      mouse('mousemove', around.x + (step++ % 20), around.y);
      return reported.has(report);
    });
  await moveUntil('begun', { x: from.x + 10, y: from.y });
  await moveUntil('accepted', to);
  mouse('mouseup', 1);
  await once(source, 'exit');
  await stopProcess(source);
}
