import { describe, expect, it } from 'vitest';
import type { EngineInfo } from '#contract/schema/engine.ts';
import { describeEngine } from '../../../../renderer/src/text/describe-engine.ts';

const info: EngineInfo = {
  candidate: { id: 'context:default', name: 'default', source: 'context', address: 'unix:///var/run/docker.sock' },
  product: 'Docker',
  version: '20.10.24',
  apiVersion: '1.41',
  buildkit: true,
  operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  platform: 'linux/amd64',
  store: 'overlay2'
};

describe('the text of the engine pill', () => {
  it.each([
    ['20.10.24+dfsg1', '20.10'],
    ['28.2.2', '28.2'],
    ['5.4.2-dev', '5.4'],
    ['library-import', 'library-import']
  ])('name version %s as %s', (version, release) => {
    const pill = describeEngine({ kind: 'connected', info: { ...info, version } });
    expect(pill).toEqual({ tone: 'good', text: `default · Docker ${release}`, short: `Docker ${release}` });
  });
});
