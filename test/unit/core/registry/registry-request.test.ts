import { describe, expect, it } from 'vitest';
import { AppError } from '#core/util/app-error.ts';
import { requestRegistry } from '#core/registry/registry-request.ts';
import { reply, serve } from './fake-registry.ts';

const limits = { host: 'fake', limitBytes: 1000, otherOrigins: 'follow', authorization: 'Basic c2VjcmV0' } as const;

const code = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => (error instanceof AppError ? error.data : error));

describe('requestRegistry', () => {
  it('follows a redirect to another server without the login', async () => {
    const storage = await serve((_seen, response) => reply(response, 200, 'blob'));
    const registry = await serve((seen, response) =>
      seen.url.pathname === '/a'
        ? reply(response, 307, '', { location: '/b' })
        : reply(response, 307, '', { location: `http://${storage.host}/blob?signature=1` })
    );
    const answer = await requestRegistry({ ...limits, url: new URL(`http://${registry.host}/a`) });
    expect(answer.body.toString()).toBe('blob');
    expect(answer.origin).toBe(`http://${storage.host}`);
    expect(registry.seen.map(({ authorization }) => authorization)).toEqual([
      limits.authorization,
      limits.authorization
    ]);
    expect(storage.seen.map(({ authorization }) => authorization)).toEqual([undefined]);
  });

  it.each(['file:///etc/passwd', 'http://user:word@127.0.0.1/', 'http://[bad', 'ftp://x/'])(
    'does not follow %s',
    async (location) => {
      const { host } = await serve((_seen, response) => reply(response, 302, '', { location }));
      const url = new URL(`http://${host}/`);
      expect(await code(requestRegistry({ ...limits, url }))).toMatchObject({ code: 'registry-failed' });
    }
  );

  it('stops a redirect loop', async () => {
    const { host, seen } = await serve((_seen, response) => reply(response, 302, '', { location: '/' }));
    expect(await code(requestRegistry({ ...limits, url: new URL(`http://${host}/`) }))).toMatchObject({
      code: 'registry-failed'
    });
    expect(seen).toHaveLength(6);
  });

  it('never sends a secret form twice', async () => {
    const { host, seen } = await serve((_seen, response) => reply(response, 307, '', { location: '/again' }));
    const form = new URLSearchParams({ refresh_token: 'secret' });
    const url = new URL(`http://${host}/`);
    expect(await code(requestRegistry({ ...limits, url, method: 'POST', form }))).toMatchObject({
      code: 'registry-failed'
    });
    expect(seen).toHaveLength(1);
  });

  it('times out if a server hangs, in the head and in the body', async () => {
    const { host } = await serve((seen, response) => {
      if (seen.url.pathname === '/body') response.writeHead(200).write('x');
    });
    for (const path of ['/head', '/body']) {
      const request = { ...limits, url: new URL(path, `http://${host}/`), limitMs: 50 };
      expect(await code(requestRegistry(request))).toEqual({
        code: 'registry-unreachable',
        host: 'fake',
        detail: { reason: 'no-answer', seconds: 0.05 }
      });
    }
  });
});
