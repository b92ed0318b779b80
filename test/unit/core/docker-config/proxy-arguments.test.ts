import { describe, expect, it } from 'vitest';
import { readProxyArguments } from '#core/docker-config/proxy-arguments.ts';
import { scratchFolder } from '../scratch-folder.ts';

const engine = 'unix:///run/docker.sock';

function read(config: unknown, address = engine): Promise<Record<string, string>> {
  const folder = scratchFolder({ 'config.json': typeof config === 'string' ? config : JSON.stringify(config) });
  return readProxyArguments({ env: { DOCKER_CONFIG: folder }, homeDir: '/none' }, address);
}

describe('readProxyArguments', () => {
  it('gives every proxy in upper and lower case', async () => {
    const all = { httpProxy: 'h', httpsProxy: 's', ftpProxy: 'f', noProxy: 'n', allProxy: 'a' };
    expect(await read({ proxies: { default: all } })).toEqual({
      HTTP_PROXY: 'h',
      http_proxy: 'h',
      HTTPS_PROXY: 's',
      https_proxy: 's',
      FTP_PROXY: 'f',
      ftp_proxy: 'f',
      NO_PROXY: 'n',
      no_proxy: 'n',
      ALL_PROXY: 'a',
      all_proxy: 'a'
    });
  });

  it.each([
    [engine, 'own'],
    ['tcp://far:2375', 'far'],
    ['tcp://other:2375', 'every']
  ])("prefers those of the engine's address: %s", async (address, proxy) => {
    const proxies = {
      default: { httpProxy: 'every' },
      [engine]: { httpProxy: 'own' },
      'tcp://far': { httpProxy: 'far' }
    };
    expect(await read({ proxies }, address)).toEqual({ HTTP_PROXY: proxy, http_proxy: proxy });
  });

  it.each([{}, { proxies: null }, { proxies: { default: null } }, { proxies: 7 }, '{', '[]'])(
    'gives none for %j',
    async (config) => {
      expect(await read(config)).toEqual({});
    }
  );

  it('gives none without a file', async () => {
    expect(await readProxyArguments({ env: {}, homeDir: '/none' }, engine)).toEqual({});
  });
});
