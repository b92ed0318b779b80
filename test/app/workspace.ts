import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Bridge } from '#contract/ipc/bridge.ts';
import { words } from '#contract/words/words.ts';
import { dropOn } from '../real-parts/drag.ts';

declare global {
  interface Window {
    readonly slipway: Bridge;
  }
}

const sample = resolve(import.meta.dirname, '../../resources/sample');

/** A project folder with these files, in a separate folder. */
export function makeProject(name: string, files: Record<string, string>): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'slipway-project-')), name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** A copy of the sample project, as a user has it. */
export function copySample(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'slipway-project-')), 'simple-flask-web');
  cpSync(sample, folder, { recursive: true });
  return folder;
}

/** User actions and views of one project's screen. */
export class Workspace {
  readonly page: Page;
  readonly editor: Locator;
  readonly steps: Locator;
  readonly treemap: Locator;
  readonly push: Locator;

  constructor(page: Page) {
    this.page = page;
    this.editor = page.locator('.cm-content');
    this.steps = page.getByRole('listbox', { name: words.build.steps });
    this.treemap = page.getByRole('tree', { name: words.layers.treemap });
    this.push = page.getByTestId('push');
  }

  async drop(folder: string): Promise<void> {
    const isReady = this.button(words.start.sample).or(this.page.getByTestId('workspace'));
    await isReady.first().waitFor();
    await dropOn(this.page, folder);
    await expect(this.heading(folder)).toBeVisible();
  }

  heading(folder: string): Locator {
    return this.page.getByRole('heading', { level: 1, name: folder.split('/').at(-1) ?? '', exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Replaces the text in the editor, by pasting. */
  async type(text: string): Promise<void> {
    await this.editor.click();
    await this.page.keyboard.press('Control+A');
    await this.page.evaluate((pasted) => window.slipway.call('app.copyText', { text: pasted }), text);
    await this.page.keyboard.press('Control+V');
  }

  async name(reference: string): Promise<void> {
    await this.page.getByRole('textbox', { name: words.workspace.reference }).fill(reference);
  }

  async startBuild(): Promise<void> {
    // The key does nothing while building is disabled, for example until an engine is connected.
    await expect(this.button(words.commands['build.start'])).toBeEnabled();
    await this.page.keyboard.press('Control+B');
  }

  /** Builds and waits for the expected outcome. */
  async build(end: 'finished' | 'failed' | 'cancelled' = 'finished', limitMs = 60_000): Promise<void> {
    // The status line may still show the previous build.
    const before = await this.#countEndedBuilds();
    await this.startBuild();
    await expect.poll(() => this.#countEndedBuilds(), { timeout: limitMs }).toBeGreaterThan(before);
    await this.buildEnds(end);
  }

  async buildEnds(end: 'finished' | 'failed' | 'cancelled', limitMs = 60_000): Promise<void> {
    const ends = { finished: 'built in', failed: 'failed after', cancelled: 'canceled after' };
    const status = this.page.locator('[data-pane="build"]').getByText(/^(built in|failed after|canceled after)/);
    await expect(status.first()).toContainText(ends[end], { timeout: limitMs });
  }

  async #countEndedBuilds(): Promise<number> {
    const reply = await this.page.evaluate(() => window.slipway.call('job.list', {}));
    return reply.ok ? reply.value.filter((job) => job.kind === 'build' && job.ended).length : 0;
  }

  step(name: string | RegExp): Locator {
    return this.steps.getByRole('option').filter({ hasText: name });
  }

  pill(text: string | RegExp): Locator {
    return this.page.getByRole('button', { name: text }).and(this.page.locator('.pill'));
  }

  async signIn(username: string, secret: string): Promise<void> {
    // It may be over the dialog that requested it.
    const dialog = this.page.getByRole('dialog').last();
    await dialog.getByLabel(words.accounts.dialog.username).fill(username);
    await dialog.getByLabel(words.accounts.dialog.secret).fill(secret);
    await dialog.getByRole('button', { name: /^Sign in/ }).click();
  }
}
