import { describe, expect, it } from 'vitest';
import type { BuildStep } from '#contract/schema/build.ts';
import { toBuildError } from '#core/build/build-error.ts';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';

const text = 'FROM one.test/r:1\nRUN make\nCOPY nofile /x\n';

function read(
  said: string,
  failed: { name: string; line: number } | null,
  signedIn = false,
  exitCode: number | null = null,
  lastLines = ['last']
) {
  const step: BuildStep | null = failed && {
    id: 'step-1',
    name: failed.name,
    instruction: true,
    stage: null,
    line: failed.line,
    status: 'failed',
    startedAt: null,
    completedAt: null,
    error: said,
    progress: null
  };
  const frame = {
    dockerfile: parseDockerfile(text),
    dockerfilePath: 'Dockerfile',
    target: 'nope',
    signedIn: () => signedIn
  };
  return toBuildError({ text: said, exitCode, step, lastLines }, frame).data;
}

const from = { name: 'FROM one.test/r:1', line: 1 };
const run = { name: 'RUN make', line: 2 };
const copy = { name: 'COPY nofile /x', line: 3 };

describe('what engines say of a failed build', () => {
  it.each([
    ['classic 20.10', 'dockerfile parse error line 2: unknown instruction: RUNN'],
    ['classic 28', 'dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)'],
    [
      'BuildKit 20.10',
      'failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 2: unknown instruction: RUNN'
    ],
    ['BuildKit 28', 'dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)']
  ])('%s: syntax', (_engine, said) => {
    const error = read(said, null);
    expect(error).toMatchObject({ code: 'dockerfile-syntax', line: 2 });
    expect(error).toHaveProperty('detail', expect.stringMatching(/^unknown instruction: RUNN/));
  });

  it.each([
    ['file with no instructions'],
    ['no build stage in current context'],
    ['building: no stages to build\n'],
    ['no FROM statement found\n'],
    ['the Dockerfile (Dockerfile) cannot be empty']
  ])('a Dockerfile without a build: %s', (said) => {
    expect(read(said, null).code).toBe('dockerfile-syntax');
  });

  it.each([
    ['Cannot locate specified Dockerfile: Dockerfile'],
    [
      'failed to solve with frontend dockerfile.v0: failed to read dockerfile: open /var/lib/docker/tmp/buildkit-mount1/Dockerfile: no such file or directory'
    ],
    ['failed to read dockerfile: open Dockerfile: no such file or directory'],
    ['stat /var/tmp/libpod_builder1/build/Dockerfile: no such file or directory\n']
  ])('no Dockerfile: %s', (said) => {
    expect(read(said, null)).toEqual({ code: 'build-file-not-found', path: 'Dockerfile' });
  });

  it.each([
    ["The command '/bin/sh -c make' returned a non-zero code: 42", 42],
    ['executor failed running [/bin/sh -c make]: exit code: 42', null],
    ['process "/bin/sh -c make" did not complete successfully: exit code: 42', null],
    ['building at STEP "RUN make": while running runtime: exit status 42\n', null]
  ])('a RUN that fails: %s', (said, code) => {
    expect(read(said, run, false, code)).toEqual({
      code: 'build-step-failed',
      instruction: 'RUN make',
      line: 2,
      exitCode: 42,
      lastLines: ['last']
    });
  });

  it.each([
    ['COPY failed: file not found in build context or excluded by .dockerignore: stat nofile: file does not exist'],
    ['failed to compute cache key: "/nofile" not found: not found'],
    ['failed to compute cache key: failed to calculate checksum of ref abc::def: "/nofile": not found'],
    [
      'building at STEP "COPY nofile /x": checking on sources under "/var/tmp/b/build": copier: stat: "/nofile": no such file or directory\n'
    ]
  ])('a file that is not in the context: %s', (said) => {
    expect(read(said, copy)).toEqual({ code: 'build-file-not-found', path: 'nofile', line: 3 });
  });

  it('a file in a folder that is not in the context, by its whole path', () => {
    const said = 'failed to compute cache key: lstat /d/tmp/buildkit-mount12/no: no such file or directory';
    const expected = { code: 'build-file-not-found', path: 'no/file', line: 3 };
    expect(read(said, { name: 'COPY --chown=1 ./no/file /x', line: 3 })).toEqual(expected);
  });

  it.each([
    [
      'failed to solve with frontend dockerfile.v0: failed to create LLB definition: target stage nope could not be found'
    ],
    ['target stage "nope" could not be found'],
    ['failed to reach build target nope in Dockerfile'],
    ['The target "nope" was not found in the provided Dockerfile\n']
  ])('an unknown target: %s', (said) => {
    expect(read(said, null)).toEqual({ code: 'build-target-unknown', target: 'nope' });
  });

  it.each([
    ['manifest for one.test/r:1 not found: manifest unknown: manifest unknown'],
    ['failed to resolve reference "one.test/r:1": one.test/r:1: not found'],
    ['failed to create LLB definition: one.test/r:1: not found'],
    ['one.test/r:1: failed to resolve source metadata for one.test/r:1: one.test/r:1: not found'],
    ["pull access denied for one.test/r, repository does not exist or may require 'docker login': denied: x"]
  ])('a base that is missing: %s', (said) => {
    const error = { code: 'base-not-found', reference: 'one.test/r:1', line: 1, detail: said };
    expect(read(said, from, true)).toEqual(error);
    // Without a login it may be a private one.
    expect(read(said, from)).toEqual(said.includes('may require') ? { ...error, host: 'one.test' } : error);
  });

  it.each([
    ['Head "http://one.test/v2/r/manifests/1": no basic auth credentials'],
    ['pulling from host one.test failed with status code [manifests 1]: 401 Unauthorized'],
    ['unexpected status from HEAD request to http://one.test/v2/r/manifests/1: 401 Unauthorized'],
    ['unauthorized: authentication required']
  ])('a registry that requires a login: %s', (said) => {
    expect(read(said, from)).toEqual({
      code: 'registry-not-signed-in',
      host: 'one.test',
      reference: 'one.test/r:1',
      line: 1,
      detail: said
    });
    expect(read(said, from, true)).toMatchObject({ code: 'registry-wrong-password', host: 'one.test' });
  });

  it.each([
    ['Get "http://one.test/v2/": dial tcp 127.0.0.1:5999: connect: connection refused', 'registry-unreachable'],
    [
      'failed to do request: Head "https://one.test/v2/": dial tcp: lookup one.test: no such host',
      'registry-unreachable'
    ],
    ['Get "https://one.test/v2/": x509: certificate signed by unknown authority', 'registry-certificate'],
    ['Get "https://one.test/v2/": http: server gave HTTP response to HTTPS client', 'registry-plain-http'],
    ['received unexpected HTTP status: 503 Service Unavailable', 'registry-failed'],
    [
      '[DEPRECATION NOTICE] Docker Image Format v1 and Docker Image manifest version 2, schema 1 support is disabled by default',
      'registry-failed'
    ],
    ['toomanyrequests: You have reached your pull rate limit.', 'registry-rate-limited'],
    ['denied: requested access to the resource is denied', 'registry-denied']
  ])('a registry that does not give: %s', (said, code) => {
    expect(read(said, from)).toMatchObject({ code, host: 'one.test' });
  });

  it('a disk that is full', () => {
    expect(read('write /var/lib/docker/tmp/x: no space left on device', copy)).toEqual({ code: 'engine-disk-full' });
    const said = 'executor failed running [/bin/sh -c make]: exit code: 1';
    const printed = ['cat: write error: No space left on device'];
    expect(read(said, run, false, null, printed)).toEqual({ code: 'engine-disk-full' });
  });

  it('a command that could not start gives its own words', () => {
    const said = 'executor failed running [/bin/sh -c make]: network bridge not found';
    expect(read(said, { ...run })).toMatchObject({ code: 'build-step-failed', line: 2, lastLines: ['last'] });
  });

  it('what a RUN says of registries is not taken for the base', () => {
    const said = 'process "/bin/sh -c make" did not complete successfully: exit code: 1';
    expect(read(`${said}: dial tcp connection refused 401 Unauthorized`, run).code).toBe('build-step-failed');
  });

  it('anything else, without the query of a URL', () => {
    const said = 'something broke at https://one.test/upload?_state=secret';
    expect(read(said, null)).toEqual({ code: 'build-failed', detail: 'something broke at https://one.test/upload' });
  });
});
