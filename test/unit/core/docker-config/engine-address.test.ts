import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatEngineAddress, parseEngineAddress } from '#core/docker-config/engine-address.ts';

const tls = { directory: '/certs', verify: true };

describe('parseEngineAddress', () => {
  it.each([
    ['unix:///run/docker.sock', { kind: 'socket', socketPath: '/run/docker.sock' }],
    ['npipe:////./pipe/docker_engine', { kind: 'socket', socketPath: '//./pipe/docker_engine' }],
    ['npipe://\\\\.\\pipe\\docker_engine', { kind: 'socket', socketPath: '//./pipe/docker_engine' }],
    ['tcp://10.0.0.1', { kind: 'tcp', host: '10.0.0.1', port: 2375 }],
    ['unix://', { kind: 'socket', socketPath: '/var/run/docker.sock' }],
    ['unix://docker.sock', { kind: 'socket', socketPath: 'docker.sock' }],
    ['npipe://', { kind: 'socket', socketPath: '//./pipe/docker_engine' }],
    ['tcp://', { kind: 'tcp', host: '127.0.0.1', port: 2375 }],
    ['tcp://far:99/docker/', { kind: 'tcp', host: 'far', port: 99, basePath: '/docker' }],
    ['tcp://10.0.0.1:99/', { kind: 'tcp', host: '10.0.0.1', port: 99 }],
    ['tcp://[::1]:2375', { kind: 'tcp', host: '::1', port: 2375 }],
    ['tcp://:2375', { kind: 'tcp', host: '127.0.0.1', port: 2375 }],
    ['far:1234', { kind: 'tcp', host: 'far', port: 1234 }],
    ['https://far', { kind: 'tcp', host: 'far', port: 2376, tls: { directory: '', verify: true } }],
    ['tcp://me:secret@far:1', { kind: 'tcp', host: 'far', port: 1 }],
    ['ssh://me@far', { kind: 'ssh', user: 'me', host: 'far', port: undefined }],
    ['ssh://me:secret@far:22', { kind: 'ssh', user: 'me', host: 'far', port: 22 }],
    ['ssh://me@far:22/', { kind: 'ssh', user: 'me', host: 'far', port: 22 }],
    [
      'ssh://me@far/run/user/1000/podman/podman.sock',
      { kind: 'ssh', user: 'me', host: 'far', port: undefined, socketPath: '/run/user/1000/podman/podman.sock' }
    ],
    ['ssh://[::1]:22/a%20b', { kind: 'ssh', user: undefined, host: '::1', port: 22, socketPath: '/a b' }],
    [' SSH://far ', { kind: 'ssh', user: undefined, host: 'far', port: undefined }]
  ])('%s', (text, expected) => {
    expect(parseEngineAddress(text)).toEqual(expected);
  });

  it('uses the TLS files if TLS is on, and the same port as the docker CLI', () => {
    expect(parseEngineAddress('tcp://far', tls)).toEqual({ kind: 'tcp', host: 'far', port: 2375, tls });
  });

  it.each([
    '',
    '/run/docker.sock',
    'fd://3',
    'ssh://',
    'ssh://-oProxyCommand=x',
    'ssh://-l@far',
    'ssh://far/run%00',
    'ssh://far?x=1',
    'tcp://far:0',
    'tcp://far:70000',
    'tcp://far?x=1',
    'tcp://a b',
    'http://'
  ])('refuses %s', (text) => {
    expect(parseEngineAddress(text)).toBeUndefined();
  });

  it('never throws, never shows a password, and parses what it formatted', () => {
    const scheme = fc.constantFrom('', 'tcp://', 'http://', 'https://', 'ssh://', 'unix://', 'npipe://', 'x://');
    const part = fc.oneof(
      fc.string(),
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((host) => `[${host}]`)
    );
    const user = fc.constantFrom('', 'me@', 'me:hunter2@', ':hunter2@');
    const port = fc.oneof(
      fc.constant(''),
      fc.nat(70_000).map((number) => `:${number}`)
    );
    fc.assert(
      fc.property(scheme, user, part, port, (a, b, c, d) => {
        const target = parseEngineAddress(a + b + c + d);
        if (target === undefined) return;
        const address = formatEngineAddress(target);
        if (target.kind !== 'socket') expect(address).not.toContain('hunter2');
        const again = parseEngineAddress(address, target.kind === 'tcp' ? target.tls : undefined);
        expect(again).toEqual(target);
      })
    );
  });
});
