import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { openApp, shoot, type OpenApp } from '../real-parts/open-app.ts';
import { createGate } from '../unit/create-gate.ts';
import { FakeEngine, scratchDir } from '../unit/core/engine/fake-engine.ts';
import { answersOfMany } from '../unit/core/engine/many-images.ts';

const text = words.images;
let scratch: Awaited<ReturnType<typeof scratchDir>>;
let engine: FakeEngine;
let open: OpenApp;

test.beforeEach(async () => {
  scratch = await scratchDir();
});
test.afterEach(async () => {
  await open.close();
  await engine.stop();
  await scratch.remove();
});

async function openWith(answers: FakeEngine['answers']): Promise<void> {
  engine = await new FakeEngine(scratch.path('e.sock'), answers).start();
  open = await openApp({ engine: { host: `unix://${engine.socketPath}` } });
  await open.page.getByRole('button', { name: words.commands['view.images'], exact: true }).click();
}

test('draws a screenful of 5,000 images, and reads what they share', async () => {
  await openWith(answersOfMany(5000));
  const { page } = open;
  await expect(page.getByText('5,000 images')).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(60);
  await expect(page.getByText(/on disk, shared layers counted once/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('searchbox', { name: text.filter }).fill('service-7:');
  await expect(page.getByText(text.matching(23, 5000))).toBeVisible();
  await page.getByRole('searchbox', { name: text.filter }).fill('');
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('row').last()).toContainText(text.untagged);
  await shoot(page, 'images/many');
});

test('a slow engine looks busy, not empty', async () => {
  const list = createGate();
  await openWith(answersOfMany(3, () => list.passed));
  const { page } = open;
  await expect(page.getByText(text.slow)).toBeVisible({ timeout: 10_000 });
  await expect(page.getByText(text.none.title)).toBeHidden();
  await shoot(page, 'images/slow');
  list.open();
  await expect(page.getByText('3 images')).toBeVisible({ timeout: 10_000 });
});

test('an engine without images, and one with invalid answers', async () => {
  await openWith({ '/images/json': (_request, response) => void response.end('[]') });
  const { page } = open;
  await expect(page.getByText(text.none.title)).toBeVisible();
  await shoot(page, 'images/none');
  engine.answers['/images/json'] = (_request, response) => void response.end('{"a":1}');
  await open.page.reload();
  await page.getByRole('button', { name: words.commands['view.images'], exact: true }).click();
  await expect(
    page.getByText(words.errors['engine-failed'].title({ code: 'engine-failed', detail: '' }))
  ).toBeVisible();
  engine.answers['/images/json'] = (_request, response) => void response.end('[]');
  await page.getByRole('button', { name: words.app.tryAgain }).click();
  await expect(page.getByText(text.none.title)).toBeVisible();
});
