import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '#core/util/app-error.ts';
import { startFakeBuildEngine, type FakeBuildEngine } from './fake-build-engine.ts';
import { answering, recorded, run, untilClosed, type Answer } from './run-fake-build.ts';

let engine: FakeBuildEngine | undefined;
afterEach(async () => {
  await engine?.stop();
  engine = undefined;
});

describe('the session', () => {
  it('answers for each host with its own login, and for the Hub under its plain name', async () => {
    const answers: unknown[] = [];
    const asked: string[] = [];
    engine = await startFakeBuildEngine((request, response) => {
      request.resume();
      request.on('end', () => {
        const ask = async (): Promise<void> => {
          for (const host of ['one.test:5000', 'two.test', 'https://index.docker.io/v1/', 'registry-1.docker.io']) {
            const { status, answer } = (await engine?.call('Credentials', host)) ?? { status: '?', answer: [] };
            answers.push([status, answer[0] ?? '', answer[1] ?? '']);
          }
          for (const method of ['GetTokenAuthority', 'FetchToken', 'VerifyTokenAuthority']) {
            answers.push((await engine?.call(method, 'two.test'))?.status);
          }
        };
        void ask().finally(() => response.end(recorded('buildkit-ok')));
      });
    });
    const { error } = await run(engine, {
      loginFor: (host) => {
        asked.push(host);
        if (host === 'one.test:5000') return Promise.resolve({ username: 'ada', secret: 'pw' });
        return Promise.resolve(host === 'docker.io' ? { identityToken: 'tok' } : null);
      }
    });
    expect(error).toBeNull();
    expect(asked).toEqual(['one.test:5000', 'two.test', 'docker.io', 'docker.io']);
    const unimplemented = '12';
    expect(answers).toEqual([
      ['0', 'ada', 'pw'],
      ['0', '', ''],
      ['0', '', 'tok'],
      ['0', '', 'tok'],
      unimplemented,
      unimplemented,
      unimplemented
    ]);
    await untilClosed(engine);
  });

  it('says why a login could not be read, when the build fails for it', async () => {
    engine = await startFakeBuildEngine((request, response) => {
      request.resume();
      request.on('end', () => {
        void engine?.call('Credentials', 'one.test').then(({ status }) => {
          response.end(`${JSON.stringify({ error: `failed to authorize (${status})` })}\n`);
        });
      });
    });
    const failure = new AppError('credential-helper-missing', { helper: 'pass' });
    const { error } = await run(engine, { loginFor: () => Promise.reject(failure) });
    expect(error).toEqual({ code: 'credential-helper-missing', helper: 'pass' });
  });

  it.each([
    ['the engine refuses', answering('{"message":"no"}', 500)],
    ['the build fails', answering('{"error":"no"}\n')],
    ['the engine sends rubbish', answering('{"id":"moby.buildkit.trace","aux":"AAAA"}\n')],
    ['the connection breaks', ((request) => request.socket.destroy()) satisfies Answer],
    [
      'the connection breaks in mid-build',
      ((request, response) => {
        request.resume();
        request.on('end', () => response.write('{"id":"x"}\n', () => request.socket.destroy()));
      }) satisfies Answer
    ]
  ] as const)('leaves no connection behind when %s', async (_when, answer) => {
    engine = await startFakeBuildEngine(answer);
    const { error } = await run(engine);
    expect(error).not.toBeNull();
    expect(engine.sessions()).toBe(1);
    await untilClosed(engine);
    expect(engine.open.size).toBe(0);
  });
});
