import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Reference } from '#contract/domain/reference.ts';
import { AppError } from '#core/util/app-error.ts';
import { RegistryClient } from '#core/registry/registry-client.ts';
import { basicOf, reply, serve, serveTokenRegistry } from './fake-registry.ts';

const manifest = '{"schemaVersion":2}';
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
const at = (domain: string, change: Partial<Reference> = {}): Reference => ({
  domain,
  path: 'alice/x',
  tag: 'v1',
  digest: null,
  ...change
});
const code = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => (error instanceof AppError ? error.data : error));

describe('RegistryClient', () => {
  it('requests a token once per scope', async () => {
    const registry = await serveTokenRegistry();
    const client = new RegistryClient(registry.host, { username: 'alice', secret: 's3cret' });
    await client.fetchManifest(at(registry.host));
    await client.fetchManifest(at(registry.host, { tag: 'v2' }));
    await client.fetchManifest(at(registry.host, { path: 'alice/y' }));
    const tokenRequests = registry.seen.filter(({ url }) => url.pathname === '/token');
    expect(tokenRequests.map(({ url }) => url.searchParams.get('scope'))).toEqual([
      'repository:alice/x:pull',
      'repository:alice/y:pull'
    ]);
  });

  it('exchanges an identity token by POST, never in a URL', async () => {
    const registry = await serveTokenRegistry();
    await new RegistryClient(registry.host, { identityToken: 'identity-1' }).fetchManifest(at(registry.host));
    const tokenRequests = registry.seen.find(({ url }) => url.pathname === '/token');
    expect(tokenRequests?.method).toBe('POST');
    expect(tokenRequests?.url.search).toBe('');
    expect(Object.fromEntries(new URLSearchParams(tokenRequests?.body))).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'identity-1',
      service: 'fake, registry'
    });
    const refused = new RegistryClient(registry.host, { identityToken: 'identity-2' });
    expect(await code(refused.fetchManifest(at(registry.host)))).toMatchObject({ code: 'registry-wrong-password' });
  });

  it('computes the digest itself and rejects another', async () => {
    const { host } = await serve((_seen, response) =>
      reply(response, 200, manifest, { 'content-type': 'application/vnd.oci.image.manifest.v1+json; charset=utf-8' })
    );
    const client = new RegistryClient(host, null);
    expect(await client.fetchManifest(at(host))).toEqual({
      digest,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      text: manifest,
      rateLimit: null
    });
    expect(await client.fetchManifest(at(host, { digest }))).toMatchObject({ digest });
    const other = `sha256:${'0'.repeat(64)}`;
    expect(await code(client.fetchManifest(at(host, { digest: other })))).toMatchObject({ code: 'registry-failed' });
  });

  it('requires a sign-in if it has no login, and reports what is missing', async () => {
    const basic = await serve((seen, response) =>
      seen.authorization === basicOf('alice', 's3cret')
        ? reply(response, 404, { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] })
        : reply(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' })
    );
    const anonymous = new RegistryClient(basic.host, null);
    expect(await code(anonymous.fetchManifest(at(basic.host)))).toEqual({
      code: 'registry-not-signed-in',
      host: basic.host
    });
    const known = new RegistryClient(basic.host, { username: 'alice', secret: 's3cret' });
    expect(await code(known.fetchManifest(at(basic.host)))).toEqual({
      code: 'registry-failed',
      host: basic.host,
      status: 404,
      detail: 'MANIFEST_UNKNOWN manifest unknown'
    });
  });

  it('rejects a token that would break out of its header', async () => {
    const registry = await serve((seen, response) =>
      seen.url.pathname === '/token'
        ? reply(response, 200, { token: 'a\r\nx: y' })
        : reply(response, 401, {}, { 'www-authenticate': `Bearer realm="http://${registry.host}/token"` })
    );
    expect(await code(new RegistryClient(registry.host, null).fetchManifest(at(registry.host)))).toMatchObject({
      code: 'registry-failed'
    });
  });
});
