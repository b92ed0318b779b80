import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { scanExport } from '#core/analysis/scan-image.ts';
import { describeAnalysis } from '#core/analysis/describe-analysis.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { identifyImage } from '#core/images/identify-image.ts';
import { readNames, readTags } from '#core/oci/read-tags.ts';
import { legacyFiles, makeImage, packFiles } from '../archive/image-archive.ts';

const id = `sha256:${'a'.repeat(64)}`;
const digest = `sha256:${'b'.repeat(64)}`;
const { signal } = new AbortController();

it('one image gives one document, with the ID of the engine, whichever name its export has', async () => {
  const image = await makeImage([{ a: 'x' }]);
  const identity = identifyImage({
    Id: id,
    RepoTags: ['docker.io/library/b:1', 'docker.io/ada/app:1'],
    RootFS: { Layers: ['sha256:0'] }
  });
  const reports = await Promise.all(
    ['ada/app:1', 'docker.io/library/b:1'].map(async (tag) => {
      const archive = await packFiles(legacyFiles(image, tag));
      const scanned = await scanExport(identity, () => Promise.resolve(Readable.from([archive])), { signal });
      return describeAnalysis(scanned, defaultRules).report;
    })
  );
  expect(reports[0]).toEqual(reports[1]);
  expect(reports[0]).toMatchObject({
    source: { kind: 'engine', name: 'ada/app:1' },
    tags: ['ada/app:1', 'b:1'],
    imageId: id
  });
});

it('an image without layers is not exported, which some engines refuse', async () => {
  const identity = identifyImage({
    Id: id,
    RepoTags: null,
    Os: 'linux',
    Architecture: 'amd64',
    RootFS: { Type: 'layers' }
  });
  const refused = (): Promise<Readable> => Promise.reject(new Error('empty export - not implemented'));
  const { report } = describeAnalysis(await scanExport(identity, refused, { signal }), defaultRules);
  expect(report).toMatchObject({ imageId: id, layers: [], imageSizeBytes: 0, platform: 'linux/amd64' });
});

it('an image that was pulled by its digest has its repository and the digest for a name', () => {
  const name = `reg.lan:5000/ada/app@${digest}`;
  for (const [tags, digests] of [
    [[], [name]],
    [[name], [name]],
    [['<none>:<none>'], [name, '<none>@<none>']]
  ] as const) {
    expect(readTags(tags)).toEqual([]);
    expect(readNames(tags, digests)).toEqual([name]);
  }
  expect(readNames(['ada/app:1'], [name])).toEqual(['ada/app:1']);
  expect(readNames([], [`docker.io/library/alpine@${digest}`])).toEqual([`alpine@${digest}`]);
});
