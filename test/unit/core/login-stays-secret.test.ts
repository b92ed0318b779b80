import { chmodSync, readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PushEvent } from '#contract/schema/push.ts';
import { DockerLogins } from '#core/credential/docker-logins.ts';
import { KeychainStore } from '#core/credential/keychain-store.ts';
import { hideLogin } from '#core/docker-config/hide-login.ts';
import type { Login } from '#core/docker-config/login.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import { pushImage } from '#core/push/push-image.ts';
import { checkLogin } from '#core/registry/check-login.ts';
import { RegistryClient } from '#core/registry/registry-client.ts';
import { FakeEngine, scratchDir } from './engine/fake-engine.ts';
import { reply, serve, type FakeServer, type Seen } from './registry/fake-registry.ts';
import { scratchFolder } from './scratch-folder.ts';

const secret = 'h0rse battery/staple';
const password: Login = { username: 'alice', secret };
const token: Login = { identityToken: secret };
const base64 = Buffer.from(`alice:${secret}`).toString('base64');
const reference = { domain: 'registry.example', path: 'ada/x', tag: '1', digest: null };

/** All that a log, a crash report or the window could show of what was thrown, causes included. */
function shown(...values: unknown[]): string {
  return values
    .map((value) => `${inspect(value, { depth: 10, showHidden: true })} ${JSON.stringify(value)}`)
    .join('\n');
}

function expectNoSecret(text: string): void {
  for (const form of [secret, encodeURIComponent(secret), base64, base64.replace(/=+$/, '')]) {
    expect(text).not.toContain(form);
  }
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const thrown: unknown = await work.then(
    () => 'no failure',
    (error: unknown) => error
  );
  expect(thrown).toBeInstanceOf(Error);
  return thrown;
}

const repeating = ({ authorization, body }: Seen): string => `cannot read ${authorization ?? ''} ${body}`;

/** A registry that lets nobody in, and whose errors repeat what it was sent. */
const serveRepeating = (): Promise<FakeServer> =>
  serve((seen, response) => {
    if (seen.authorization === undefined) reply(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' });
    else reply(response, 500, { errors: [{ code: 'UNKNOWN', message: repeating(seen) }] });
  });

/** As serveRepeating, with a token server that repeats its form or header. */
async function serveRepeatingTokens(): Promise<FakeServer> {
  const server: FakeServer = await serve((seen, response) => {
    if (seen.url.pathname === '/token') reply(response, 500, { message: repeating(seen) });
    else reply(response, 401, {}, { 'www-authenticate': `Bearer realm="http://${server.host}/token"` });
  });
  return server;
}

describe('the secret of a login is not shown', () => {
  it.each([
    ['registry', serveRepeating],
    ['token server', serveRepeatingTokens]
  ])('by a sign-in at a %s that repeats it', async (_what, start) => {
    const { host, seen } = await start();
    const error = await failureOf(checkLogin({ registry: host, username: 'alice', secret }));
    expect(seen.some(({ authorization }) => authorization === `Basic ${base64}`)).toBe(true);
    expect(error).toMatchObject({
      data: { code: 'registry-failed', detail: expect.stringContaining('cannot read') as string }
    });
    expectNoSecret(shown(error));
  });

  it('by reading from a registry, with a password or an identity token', async () => {
    for (const login of [password, token]) {
      const { host, seen } = await serveRepeatingTokens();
      const client = new RegistryClient(host, login);
      expectNoSecret(shown(await failureOf(client.fetchManifest({ ...reference, domain: host }))));
      expectNoSecret(shown(await failureOf(client.fetchBlob('ada/x', `sha256:${'0'.repeat(64)}`, 10))));
      expectNoSecret(shown(await failureOf(client.tryUpload('ada/x'))));
      expect(seen.filter(({ url }) => url.pathname === '/token')).toHaveLength(3);
      expectNoSecret(seen.map(({ url }) => url.href).join(' '));
    }
  });

  it.each([password, token])('by a push through an engine that repeats its header', async (login) => {
    const scratch = await scratchDir();
    const fake = await new FakeEngine(scratch.path('e.sock'), {
      '/images/x/tag': (_request, response) => response.writeHead(201).end(),
      '/images/registry.example/ada/x/push': ({ headers }, response) => {
        const sent = String(headers['x-registry-auth']);
        const decoded = Buffer.from(sent, 'base64').toString();
        response.write(`${JSON.stringify({ status: `sending ${sent} ${decoded}` })}\n`);
        response.end(`${JSON.stringify({ error: `cannot use ${sent} ${decoded}` })}\n`);
      }
    }).start();
    onTestFinished(async () => {
      await fake.stop();
      await scratch.remove();
    });
    const events: PushEvent[] = [];
    const job = { signal: new AbortController().signal, emit: (event: PushEvent) => void events.push(event) };
    const engine = await connectEngine(fake.found);
    const error = await failureOf(pushImage({ engine, imageId: 'x', reference, login }, job));
    const { headers } = fake.requests.at(-1) ?? {};
    const sent = String(headers?.['x-registry-auth']);
    expect(Buffer.from(sent, 'base64').toString()).toContain(secret);
    expectNoSecret(shown(error, events));
    expect(shown(error, events)).not.toContain(sent);
    expectNoSecret(fake.requests.map(({ url }) => url).join(' '));
  });

  it('by a credential helper: not in its arguments or environment, nor in what is reported when it fails', async () => {
    const folder = scratchFolder({
      'config.json': JSON.stringify({ credHelpers: { 'good.example': 'fake', 'bad.example': 'fake' } }),
      'bin/docker-credential-fake': `#!/bin/sh
printf '%s\\n' "$@" >> "$DOCKER_CONFIG/seen"; env >> "$DOCKER_CONFIG/seen"
read -r url || true
[ "$url" = good.example ] && printf '{"Username":"alice","Secret":"${secret}"}' && exit 0
echo '${secret}'; echo '${secret}' >&2; exit 1
`
    });
    chmodSync(`${folder}/bin/docker-credential-fake`, 0o755);
    const logins = new DockerLogins({ env: { DOCKER_CONFIG: folder, PATH: `${folder}/bin:/usr/bin:/bin` } });
    expect(await logins.loginFor('good.example')).toEqual(password);
    const unused = await logins.loginFor('bad.example');
    expect(unused).not.toEqual(password);
    expectNoSecret(shown(unused));
    expectNoSecret(shown(await logins.list()));
    const seen = readFileSync(`${folder}/seen`, 'utf8');
    expect(seen).toMatch(/^get$/m);
    expectNoSecret(seen);
  });

  it('by the system store when it cannot save it', async () => {
    let probe = '';
    const store = new KeychainStore({
      loadKeytar: () =>
        Promise.resolve({
          getPassword: () => Promise.resolve(probe),
          setPassword: (_service, account, value) => {
            if (account !== 'probe') return Promise.reject(new Error(`cannot store ${value} of ${account}`));
            probe = value;
            return Promise.resolve();
          },
          deletePassword: () => Promise.resolve(true),
          findCredentials: () => Promise.resolve([])
        })
    });
    const error = await failureOf(store.set({ registry: 'registry.example', username: 'alice' }, secret));
    expect(error).toMatchObject({ data: { code: 'credential-store-unavailable' } });
    expectNoSecret(shown(error));
  });
});

describe('hideLogin', () => {
  it('leaves the rest of a text as it is', () => {
    const text = 'manifest unknown: sha256:0123456789abcdef of user alice at https://registry.example/v2/';
    expect(hideLogin(text, password)).toBe(text);
    expect(hideLogin(`${text} ${secret}`, null)).toBe(`${text} ${secret}`);
    expect(hideLogin(text, { username: 'alice', secret: '' })).toBe(text);
  });
});
