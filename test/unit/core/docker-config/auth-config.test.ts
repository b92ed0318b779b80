import { expect, it } from 'vitest';
import { toAuthConfig } from '#core/docker-config/auth-config.ts';

it('names Docker Hub by its URL and other registries by their host', () => {
  const login = { username: 'ada', secret: 'pw' };
  expect(toAuthConfig('docker.io', login)).toEqual({
    username: 'ada',
    password: 'pw',
    serveraddress: 'https://index.docker.io/v1/'
  });
  expect(toAuthConfig('127.0.0.1:5000', { identityToken: 'tok' })).toEqual({
    identitytoken: 'tok',
    serveraddress: '127.0.0.1:5000'
  });
});
