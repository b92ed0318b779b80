import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLogin } from '#core/registry/check-login.ts';
import { startRegistry, users, type RealRegistry } from '../real-parts/start-registry.ts';

describe.each(['htpasswd', 'token'] as const)("Debian's docker-registry with %s", (auth) => {
  const directory = mkdtempSync(path.join(tmpdir(), 'slipway-registry-'));
  let registry: RealRegistry;
  beforeAll(async () => {
    registry = await startRegistry(auth);
  });
  afterAll(async () => {
    await registry.stop();
    rmSync(directory, { recursive: true });
  });

  it('accepts the right password', async () => {
    await checkLogin({ registry: registry.host, ...users.alice });
  });

  it.each([
    ['alice', 'wrong'],
    ['nobody', users.alice.secret]
  ])('refuses %s with %s', async (username, secret) => {
    await expect(checkLogin({ registry: registry.host, username, secret })).rejects.toMatchObject({
      data: { code: 'registry-wrong-password', host: registry.host, needsToken: false }
    });
  });

  it('is reported when it is down', async () => {
    await registry.kill();
    await expect(checkLogin({ registry: registry.host, ...users.alice })).rejects.toMatchObject({
      data: { code: 'registry-unreachable' }
    });
  });
});
