import { describe, expect, it } from 'vitest';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { checkLogin } from '#core/registry/check-login.ts';
import { basicOf, reply, serve, serveTokenRegistry, type FakeServer } from './fake-registry.ts';

const alice = (registry: string, secret = 's3cret'): { registry: string; username: string; secret: string } => ({
  registry,
  username: 'alice',
  secret
});

async function failure(work: Promise<unknown>): Promise<unknown> {
  const thrown: unknown = await work.then(
    () => 'resolved',
    (error: unknown) => error
  );
  // The error contains no secret that a log could show.
  expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toMatch(/s3cret|YWxpY2U6/);
  return thrown instanceof AppError ? thrown.data : thrown;
}

const serveBasic = (): Promise<FakeServer> =>
  serve((seen, response) => {
    if (seen.authorization === basicOf('alice', 's3cret')) reply(response, 200);
    else reply(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' });
  });

describe('checkLogin', () => {
  it('accepts what a Basic registry accepts, and sends the login only after the challenge', async () => {
    const registry = await serveBasic();
    await checkLogin(alice(`http://${registry.host}/v2/`));
    expect(registry.seen.map(({ authorization }) => authorization)).toEqual([undefined, basicOf('alice', 's3cret')]);
  });

  it.each(['999.1.1.1', 'r.io:99999', 'a..b'])('rejects a host that no URL can contain: %s', async (host) => {
    const expected = { code: 'registry-unreachable', host, detail: { reason: 'host-invalid' } };
    expect(await failure(checkLogin(alice(host)))).toEqual(expected);
  });

  it('reports a wrong password of a Basic registry', async () => {
    const { host } = await serveBasic();
    expect(await failure(checkLogin(alice(host, 'no')))).toEqual({
      code: 'registry-wrong-password',
      host,
      needsToken: false
    });
  });

  it('requests a token for the service in the challenge, and then checks the registry', async () => {
    const registry = await serveTokenRegistry();
    await checkLogin(alice(registry.host));
    expect(registry.seen.map(({ url, authorization }) => [url.pathname, authorization])).toEqual([
      ['/v2/', undefined],
      ['/token', basicOf('alice', 's3cret')],
      ['/v2/', 'Bearer good']
    ]);
    expect(registry.seen[1]?.url.searchParams.get('service')).toBe('fake, registry');
    expect(registry.seen[1]?.url.searchParams.get('account')).toBe('alice');
  });

  it.each([
    [401, { details: 'incorrect username or password' }, false],
    [403, { errors: [{ code: 'DENIED', message: 'access forbidden' }] }, false],
    [401, { details: 'Your account must log in with a Personal Access Token (PAT)' }, true]
  ])('token server answers %s %j: needsToken %s', async (status, body, needsToken) => {
    const { host } = await serveTokenRegistry({ refusal: { status, body } });
    const detail = 'details' in body ? body.details : 'DENIED access forbidden';
    const expected = { code: 'registry-wrong-password', host, needsToken, detail };
    expect(await failure(checkLogin(alice(host, 'no')))).toEqual(expected);
  });

  it('sends no login to a remote token server in plain text', async () => {
    const { host, seen } = await serveTokenRegistry({ realm: () => 'http://tokens.example/token' });
    expect(await failure(checkLogin(alice(host)))).toMatchObject({ code: 'registry-failed', host });
    expect(seen).toHaveLength(1);
  });

  it('does not accept an anonymous token if the token server redirects', async () => {
    const elsewhere = await serve((_seen, response) => reply(response, 200, { token: 'good' }));
    const registry: FakeServer = await serve((seen, response) => {
      if (seen.url.pathname === '/token') reply(response, 307, '', { location: `http://${elsewhere.host}/token` });
      else reply(response, 401, {}, { 'www-authenticate': `Bearer realm="http://${registry.host}/token"` });
    });
    expect(await failure(checkLogin(alice(registry.host)))).toMatchObject({ code: 'registry-failed' });
    expect(elsewhere.seen).toEqual([]);
  });

  it('checks the login also if the registry allows anonymous access', async () => {
    const registry = await serve((seen, response) => {
      const wrong = seen.authorization !== undefined && seen.authorization !== basicOf('alice', 's3cret');
      reply(response, wrong ? 401 : 200);
    });
    await checkLogin(alice(registry.host));
    expect(await failure(checkLogin(alice(registry.host, 'no')))).toMatchObject({ code: 'registry-wrong-password' });
  });

  it.each([
    ['120', 120],
    ['soon', undefined]
  ])('429 with Retry-After %s', async (header, retryAfterSeconds) => {
    const { host } = await serve((_seen, response) => reply(response, 429, {}, { 'retry-after': header }));
    const expected = { code: 'registry-rate-limited', host, ...(retryAfterSeconds && { retryAfterSeconds }) };
    expect(await failure(checkLogin(alice(host)))).toEqual(expected);
  });

  it.each([
    ['an unknown scheme', 401, 'Negotiate', { reason: 'authentication-unsupported' }],
    ['no challenge', 401, '', { reason: 'authentication-unsupported' }],
    ['a page that is not a registry', 404, '', 'HTTP 404']
  ])('%s', async (_name, status, challenge, detail) => {
    const { host } = await serve((_seen, response) =>
      reply(response, status, '<p>', { 'www-authenticate': challenge })
    );
    const data = await failure(checkLogin(alice(host)));
    expect(data).toMatchObject({ code: 'registry-failed', detail });
  });

  it('limits the size of a body', async () => {
    const { host } = await serve((_seen, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await failure(checkLogin(alice(host)))).toMatchObject({ code: 'registry-failed' });
  });

  it('reports a host that does not answer, or is invalid', async () => {
    const closing = await serve((_seen, response) => response.destroy());
    expect(await failure(checkLogin(alice(closing.host)))).toMatchObject({ code: 'registry-unreachable' });
    expect(await failure(checkLogin(alice('127.0.0.1:1')))).toMatchObject({ code: 'registry-unreachable' });
    expect(await failure(checkLogin(alice('two words')))).toMatchObject({ code: 'registry-unreachable' });
  });

  it('stops when canceled, while a registry hangs', async () => {
    const abort = new AbortController();
    const { host } = await serve(() => abort.abort());
    expect(await failure(checkLogin(alice(host), abort.signal))).toBeInstanceOf(Cancelled);
  });
});
