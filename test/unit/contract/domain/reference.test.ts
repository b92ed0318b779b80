import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cleanPathComponent,
  defaultReference,
  familiarName,
  formatReference,
  isRegistryHost,
  parseReference,
  registryHost
} from '#contract/domain/reference.ts';

const sha256 = `sha256:${'0a'.repeat(32)}`;

/** Full names of the cases in distribution/reference's normalize_test.go and reference_test.go. */
const accepted: Record<string, string> = {
  alpine: 'docker.io/library/alpine',
  'docker/docker': 'docker.io/docker/docker',
  'library/debian': 'docker.io/library/debian',
  'debian/docker': 'docker.io/debian/docker',
  'docker.io/docker/docker': 'docker.io/docker/docker',
  'docker.io/library/debian': 'docker.io/library/debian',
  'docker.io/debian': 'docker.io/library/debian',
  'index.docker.io/docker/docker': 'docker.io/docker/docker',
  'index.docker.io/library/debian': 'docker.io/library/debian',
  'index.docker.io/debian': 'docker.io/library/debian',
  '127.0.0.1:5000/docker/docker': '127.0.0.1:5000/docker/docker',
  '127.0.0.1:5000/library/debian': '127.0.0.1:5000/library/debian',
  'LOCALDOMAIN/hello': 'LOCALDOMAIN/hello',
  'Uppercase/lowercase:tag': 'Uppercase/lowercase:tag',
  'localhost/foo': 'localhost/foo',
  'localhost:8080/foo': 'localhost:8080/foo',
  'test:5000/repo:tag': 'test:5000/repo:tag',
  'test:5000': 'docker.io/library/test:5000',
  [`test:5000/repo@${sha256}`]: `test:5000/repo@${sha256}`,
  [`test:5000/repo:tag@${sha256}`]: `test:5000/repo:tag@${sha256}`,
  [`repo@sha512:${'ab'.repeat(64)}`]: `docker.io/library/repo@sha512:${'ab'.repeat(64)}`,
  'foo_bar.com:8080': 'docker.io/library/foo_bar.com:8080',
  'foo/foo_bar.com:8080': 'docker.io/foo/foo_bar.com:8080',
  'xn--n3h.com/myimage:xn--n3h.com': 'xn--n3h.com/myimage:xn--n3h.com',
  'sub-dom1.foo.com/bar/baz/quux:some-long-tag': 'sub-dom1.foo.com/bar/baz/quux:some-long-tag',
  '192.168.1.1': 'docker.io/library/192.168.1.1',
  '192.168.1.1:5050/repo': '192.168.1.1:5050/repo',
  '[2001:db8::1]:5000/repo': '[2001:db8::1]:5000/repo',
  'dash----dash': 'docker.io/library/dash----dash',
  under__score: 'docker.io/library/under__score',
  'dot.dot/a_b/c': 'dot.dot/a_b/c',
  'a/a_b': 'docker.io/a/a_b',
  [`${'a/'.repeat(127)}a`]: `docker.io/${'a/'.repeat(127)}a`,
  [`a:${'t'.repeat(128)}`]: `docker.io/library/a:${'t'.repeat(128)}`,
  ['f'.repeat(63)]: `docker.io/library/${'f'.repeat(63)}`,
  'docker.io/1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5c7b9a1f3e5d7c9b1a3f':
    'docker.io/library/1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5c7b9a1f3e5d7c9b1a3f'
};

const rejected: Record<string, string> = {
  '': 'empty',
  'docker.io/': 'empty',
  ':justtag': 'empty',
  [`@${sha256}`]: 'empty',
  'two words': 'space',
  'trailing\n': 'space',
  'https://github.com/docker/docker': 'scheme',
  'docker/Docker': 'uppercase',
  Docker: 'uppercase',
  'docker.io/docker/Docker': 'uppercase',
  '1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5c7b9a1f3e5d7c9b1a3f': 'image-id',
  '/foo/bar': 'bad-domain',
  '-test.com/x': 'bad-domain',
  'a-.com/x': 'bad-domain',
  'foo..com/x': 'bad-domain',
  'foo.com:port/x': 'bad-domain',
  '[2001:db8::1/x': 'bad-domain',
  'docker///docker': 'bad-path',
  'docker.io/docker/docker/': 'bad-path',
  'docker.io/docker///docker': 'bad-path',
  '-docker': 'bad-path',
  'docker-': 'bad-path',
  _docker: 'bad-path',
  'docker/_docker': 'bad-path',
  'a/a___b': 'bad-path',
  'a/a..b': 'bad-path',
  'a/a_.b': 'bad-path',
  'aa/asdf$$^/aa': 'bad-character',
  'docker.io/ünïcode': 'bad-character',
  '[fd12:3456]': 'bad-character',
  'repo:': 'bad-tag',
  'repo:-tag': 'bad-tag',
  'repo:.tag': 'bad-tag',
  'foo/bar:tag/more': 'bad-tag',
  [`repo:${'t'.repeat(129)}`]: 'bad-tag',
  'repo@': 'bad-digest',
  'repo@sha256:ffff': 'bad-digest',
  [`repo@sha256:${'FF'.repeat(32)}`]: 'bad-digest',
  [`repo@other:${'ff'.repeat(32)}`]: 'bad-digest',
  [`repo@${sha256}@${sha256}`]: 'bad-digest',
  [`${'a/'.repeat(128)}a:tag`]: 'too-long',
  ['a'.repeat(100_000)]: 'too-long'
};

describe('parseReference', () => {
  it.each(Object.entries(accepted))('accepts %j', (text, fullName) => {
    const parsed = parseReference(text);
    expect(parsed.ok ? formatReference(parsed.reference) : parsed.reason).toBe(fullName);
  });

  it.each(Object.entries(rejected))('rejects %j', (text, reason) => {
    expect(parseReference(text)).toEqual({ ok: false, reason });
  });

  it('separates domain, path, tag and digest', () => {
    expect(parseReference(`localhost:5000/ada/flask:v1@${sha256}`)).toEqual({
      ok: true,
      reference: { domain: 'localhost:5000', path: 'ada/flask', tag: 'v1', digest: sha256 }
    });
  });

  it('parses what it formatted, for any text', () => {
    const pieces = fc.array(
      fc.constantFrom(
        'a',
        'B',
        '0',
        '.',
        ':',
        '/',
        '@',
        '-',
        '_',
        'localhost',
        'docker.io/',
        'library/',
        sha256,
        '[::1]'
      ),
      { maxLength: 12 }
    );
    fc.assert(
      fc.property(
        fc.oneof(
          pieces.map((parts) => parts.join('')),
          fc.string()
        ),
        (text) => {
          const first = parseReference(text);
          if (!first.ok) return;
          expect(parseReference(formatReference(first.reference))).toEqual(first);
          expect(parseReference(familiarName(first.reference))).toEqual(first);
        }
      ),
      { numRuns: 20_000 }
    );
  });
});

describe('familiarName', () => {
  it.each([
    ['docker.io/library/alpine:3', 'alpine:3'],
    ['docker.io/ada/flask', 'ada/flask'],
    ['ghcr.io/ada/flask:1', 'ghcr.io/ada/flask:1'],
    ['docker.io/library/a/b', 'library/a/b'],
    ['docker.io/localhost/x', 'docker.io/localhost/x'],
    ['docker.io/a.b/c', 'docker.io/a.b/c'],
    [`alpine@${sha256}`, `alpine@${sha256}`]
  ])('%s -> %s', (text, short) => {
    const parsed = parseReference(text);
    expect(parsed.ok && familiarName(parsed.reference)).toBe(short);
  });
});

describe('defaultReference', () => {
  it.each([
    ['docker.io', 'Ada', 'Flask Demo', 'docker.io/ada/flask-demo:latest'],
    ['https://index.docker.io/v1/', 'ada', '..My__App--2..', 'docker.io/ada/my__app--2:latest'],
    ['ghcr.io', 'ada@example.com', 'Größe', 'ghcr.io/ada-example.com/grosse:latest'],
    ['127.0.0.1:5000', null, 'flask', '127.0.0.1:5000/flask:latest'],
    ['1.dkr.ecr.eu-west-1.amazonaws.com', 'AWS', 'flask', '1.dkr.ecr.eu-west-1.amazonaws.com/flask:latest'],
    ['docker.io', 'ada', '日本', 'docker.io/ada/image:latest'],
    ['docker.io', 'ada', 'Проект Щука', 'docker.io/ada/proekt-shchuka:latest'],
    ['docker.io', 'ada', 'Ελλάδα', 'docker.io/ada/ellada:latest'],
    ['docker.io', 'ada', 'проект-日本語-ünï', 'docker.io/ada/proekt-uni:latest']
  ])('%s, %s, %s -> %s', (registry, username, projectName, fullName) => {
    expect(formatReference(defaultReference({ registry, username, projectName }))).toBe(fullName);
  });

  it('always parses to itself', () => {
    fc.assert(
      fc.property(fc.option(fc.string()), fc.string({ unit: 'binary' }), (username, projectName) => {
        const reference = defaultReference({ registry: 'docker.io', username, projectName });
        expect(parseReference(formatReference(reference))).toEqual({ ok: true, reference });
      })
    );
  });

  it('cleans a component only as far as needed', () => {
    expect(cleanPathComponent('a.b_c__d---e', 'x')).toBe('a.b_c__d---e');
    expect(cleanPathComponent('x'.repeat(500), 'x')).toHaveLength(100);
  });
});

describe('registryHost', () => {
  it.each([
    ['docker.io', 'docker.io'],
    ['index.docker.io', 'docker.io'],
    ['registry-1.docker.io', 'docker.io'],
    ['https://index.docker.io/v1/', 'docker.io'],
    ['HTTPS://GHCR.io/', 'ghcr.io'],
    [' LocalHost:5000/v2/ ', 'localhost:5000'],
    ['http://user@reg.example:80/a@b', 'reg.example:80'],
    ['[::1]:5000', '[::1]:5000'],
    ['docker.io.evil.example', 'docker.io.evil.example']
  ])('%s -> %s', (text, host) => {
    expect(registryHost(text)).toBe(host);
  });

  it('recognizes valid hosts', () => {
    expect(['ghcr.io', '[::1]:5000', 'a:1'].map(isRegistryHost)).toEqual([true, true, true]);
    expect(['', 'a b', 'a:', 'a/b', '-a', 'a:99999', 'a'.repeat(256)].some(isRegistryHost)).toBe(false);
  });
});
