import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { CommandId } from '#contract/commands.ts';
import type { TopicMessage, TopicName } from '#contract/ipc/topics.ts';

declare global {
  interface Window {
    readonly broadcast: <T extends TopicName>(topic: T, message: TopicMessage<T>) => void;
  }
}

/** Served from files: no server listens on it. */
const origin = 'http://page.test/';
const folder = resolve(import.meta.dirname, '../../.cache/dev-page');

/** A page with made-up data, and its errors. */
export interface OpenScene {
  readonly page: Page;
  /** Errors on the console, and uncaught ones. */
  readonly errors: readonly string[];
}

/** Opens the page with the data of a scene: renderer/dev/scene.ts has the queries. */
export async function openScene(page: Page, query: string): Promise<OpenScene> {
  const errors: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.route(`${origin}**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const file = resolve(folder, `.${path === '/' ? '/index.html' : path}`);
    await (existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404 }));
  });
  await page.goto(`${origin}?${query}`);
  // By then the page has loaded its settings and accounts, and handles commands.
  await expect(page.getByRole('contentinfo').getByRole('button')).toBeVisible();
  return { page, errors };
}

/** Runs a command of the application menu. */
export async function runCommand(page: Page, id: CommandId): Promise<void> {
  await page.evaluate((command) => window.broadcast('command.run', { id: command }), id);
}
