import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { answerCredentials } from '#core/build/session/auth-service.ts';
import { GrpcError, grpcStatus, unary, type GrpcCall } from '#core/build/session/grpc-call.ts';
import { checkHealth } from '#core/build/session/health-service.ts';
import { callOnce, frame, openTestSession, splitFrames, startCall } from './engine-side.ts';

describe('a session', () => {
  it('announces its methods, a header line for each', async () => {
    const { request, session } = await openTestSession({ '/a.B/C': checkHealth, '/d.E/F': checkHealth });
    expect(request.headers).toMatchObject({
      'X-Docker-Expose-Session-Uuid': session.id,
      'X-Docker-Expose-Session-Sharedkey': 'key',
      'X-Docker-Expose-Session-Grpc-Method': ['/a.B/C', '/d.E/F']
    });
  });

  it.each(['socket', 'tls', 'pipes'] as const)('answers the health check as serving, over %s', async (transport) => {
    const { connection } = await openTestSession({ '/grpc.health.v1.Health/Check': checkHealth }, transport);
    const answer = await callOnce(connection, '/grpc.health.v1.Health/Check');
    expect(answer).toEqual({ status: '0', message: '', messages: [Buffer.from([0x08, 0x01])] });
  });

  it.each(['/no.Such/Method', '/constructor'])('says of %s that it is unimplemented', async (path) => {
    const { connection } = await openTestSession({});
    expect(await callOnce(connection, path)).toMatchObject({ status: '12', messages: [] });
  });

  it('ends a call with the status and the text of the error, and with no text of an unexpected one', async () => {
    const { connection } = await openTestSession({
      '/a/known': unary(() => {
        throw new GrpcError(grpcStatus.notFound, 'größe, 100 %');
      }),
      '/a/unknown': unary(() => {
        throw new Error('secret');
      })
    });
    expect(await callOnce(connection, '/a/known')).toMatchObject({ status: '5', message: 'größe, 100 %' });
    expect(await callOnce(connection, '/a/unknown')).toMatchObject({ status: '13', message: 'the client failed' });
  });

  it('refuses a login request that is none', async () => {
    const { connection } = await openTestSession({
      '/auth': answerCredentials(
        () => Promise.resolve(null),
        () => undefined
      )
    });
    expect(await callOnce(connection, '/auth', Buffer.from([0x0a, 0xff]))).toMatchObject({ status: '3' });
  });

  it.each([
    ['a compressed message', Buffer.from([1, 0, 0, 0, 0])],
    ['a message of 2 GiB', Buffer.from([0, 0x80, 0, 0, 0])],
    ['half of a message', Buffer.from([0, 0, 0, 0, 9, 1])]
  ])('refuses %s', async (_what, bytes) => {
    const { connection } = await openTestSession({ '/a': unary(() => Buffer.alloc(0)) });
    const { stream, ended } = startCall(connection, '/a');
    stream.resume().end(bytes);
    expect(await ended).toMatchObject({ status: '13' });
  });

  it('reads each line of a metadata key apart, and as it is encoded', async () => {
    const calls: GrpcCall[] = [];
    const { connection } = await openTestSession({
      '/a': (call) => {
        calls.push(call);
        return Promise.resolve();
      }
    });
    const { stream, ended } = startCall(connection, '/a', {
      plain: ['a, b', 'c'],
      raw: Buffer.from('größe').toString('latin1'),
      escaped: ['%2A%2A%2F%2A.log', 'a+%2B%C3%A9'],
      'escaped-encoded': '1',
      bad: '%',
      'bad-encoded': '1'
    });
    stream.resume().end();
    await ended;
    const [call] = calls;
    expect(call?.metadata('plain')).toEqual(['a, b', 'c']);
    expect(call?.metadata('raw')).toEqual(['größe']);
    expect(call?.metadata('escaped')).toEqual(['**/*.log', 'a +é']);
    expect(call?.metadata('missing')).toEqual([]);
    expect(() => call?.metadata('bad')).toThrow(GrpcError);
  });

  it('takes ten thousand header lines', async () => {
    let count = 0;
    const { connection } = await openTestSession({
      '/a': (call) => {
        count = call.metadata('exclude-patterns').length;
        return Promise.resolve();
      }
    });
    const patterns = Array.from({ length: 10_000 }, (_, index) => index.toString(36));
    const { stream, ended } = startCall(connection, '/a', { 'exclude-patterns': patterns });
    stream.resume().end();
    expect(await ended).toMatchObject({ status: '0' });
    expect(count).toBe(10_000);
  });

  it('sends messages of all sizes in order, and asks the sender to wait', async () => {
    let waits = 0;
    const sizes = Array.from({ length: 300 }, (_, index) => (index * index * 37) % 300_000);
    const { connection } = await openTestSession({
      '/a': async (call) => {
        for (const [index, size] of sizes.entries()) {
          const waiting = call.send(Buffer.from([index & 255]), Buffer.alloc(size, index & 255));
          if (waiting === undefined) continue;
          waits++;
          await waiting;
        }
      }
    });
    const { stream, ended } = startCall(connection, '/a');
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.end();
    await ended;
    const messages = splitFrames(Buffer.concat(chunks));
    expect(messages.map(({ length }) => length)).toEqual(sizes.map((size) => size + 1));
    expect(messages.every((message, index) => message.every((byte) => byte === (index & 255)))).toBe(true);
    expect(waits).toBeGreaterThan(5);
  });

  it('aborts a call that the engine ends, and all calls when it is closed', async () => {
    const aborted: string[] = [];
    const started = new Map<string, () => void>();
    const method =
      (name: string) =>
      async (call: GrpcCall): Promise<void> => {
        call.signal.addEventListener('abort', () => aborted.push(name));
        await call.receive(() => started.get(name)?.());
      };
    const { connection, session } = await openTestSession({ '/a': method('a'), '/b': method('b') });
    const start = async (name: string): Promise<ReturnType<typeof startCall>> => {
      const call = startCall(connection, `/${name}`);
      const begun = new Promise<void>((resolve) => started.set(name, resolve));
      call.stream.on('error', () => undefined).write(frame(Buffer.from('x')));
      await begun;
      return call;
    };
    const a = await start('a');
    a.stream.close(8);
    await expect.poll(() => aborted).toEqual(['a']);
    await start('b');
    session.close();
    await once(connection, 'close');
    await expect.poll(() => aborted).toEqual(['a', 'b']);
  });
});
