import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { words } from '#contract/words/words.ts';
import { makeFolder, openApp, shoot } from '../real-parts/open-app.ts';

const basic = (login: string): { auth: string } => ({ auth: Buffer.from(login).toString('base64') });

test("docker's own logins are in the account list, with where each is stored", async () => {
  const home = makeFolder('home');
  mkdirSync(join(home, '.docker'));
  const auths = { 'https://index.docker.io/v1/': basic('ada:hub-secret'), '127.0.0.1:5000': basic('grace:own-secret') };
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ auths }));
  const open = await openApp({ home });
  const { page } = open;
  await page.getByRole('button', { name: words.commands['view.accounts'], exact: true }).click();
  const hub = page.getByRole('row', { name: new RegExp(words.accounts.hub) });
  await expect(hub).toContainText('ada');
  await expect(hub).toContainText(words.accounts.storage['docker-config']);
  await expect(hub).toContainText(words.accounts.plaintext);
  await expect(page.getByRole('row', { name: /127\.0\.0\.1:5000/ })).toContainText('grace');
  await shoot(page, 'states/accounts-of-docker');
  expect(await page.content()).not.toMatch(/hub-secret|own-secret/);
  await open.close();
});
