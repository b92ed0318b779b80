import { formatNumber } from '../../format/format-number.ts';
import { plural } from '../../format/plural.ts';

export const remote = {
  notPulled: 'remote · not pulled',
  onPlatform: (platform: string) => `remote · ${platform}`,
  adding: {
    from: 'Image location',
    sources: { engine: 'On this engine', registry: 'In a registry' },
    reference: 'Image in a registry',
    hint: 'Nothing is pulled. Only the manifest and config are read, a few kilobytes.',
    add: 'Add',
    connecting: 'Connecting to the registry…',
    login: (host: string, username: string | null) =>
      username === null ? `Using the saved login for ${host}.` : `Using the saved login for ${host}: ${username}.`,
    anonymous: (host: string) => `No saved login for ${host}. Connecting anonymously.`,
    platforms: 'Available for several platforms. Choose one.',
    signIn: 'Sign in'
  },
  /** After a size. */
  compressed: (size: string) => `${size} compressed`,
  compressedUnit: 'compressed',
  compressedHint:
    'Layer sizes as stored in the registry. The uncompressed size is known only after the layers are downloaded.',
  unknown: 'uncompressed size unknown',
  delta: {
    smaller: (delta: string, percent: string) => `${delta} · ${percent} smaller, compressed`,
    larger: (delta: string, percent: string) => `${delta} · ${percent} larger, compressed`,
    times: (delta: string, ratio: string) => `${delta} · ${ratio} the size, compressed`,
    grown: (delta: string) => `${delta} larger, compressed`,
    sameSize: 'same compressed size'
  },
  allLocal: (size: string) => `${size} compressed · all layers are local`,
  allLocalHint: 'All of its layers are available locally, so nothing needs to be downloaded.',
  noBaseline: 'Cannot be the baseline: its layers are not available locally.',
  noBar: 'No bar: only the compressed size is known.',
  layers: 'Layers in the registry, compressed',
  ownScale: 'Compressed sizes use a separate scale.',
  layerLocal: 'local',
  layerLocalHint: 'This layer is in a local image or in the cache, so it does not need to be downloaded.',
  fetch: (size: string) => `Download layers (${size})`,
  fetchHint: (count: number) =>
    plural(count, {
      one: 'Download # missing layer to see its files. The image is not pulled into the engine.',
      other: 'Download # missing layers to see their files. The image is not pulled into the engine.'
    }),
  fetching: (done: string, total: string) => `${done} of ${total} downloaded`,
  fetchWaiting: 'requesting layers…',
  fetchMerging: 'merging layers…',
  fetchCancelled: 'Canceled. Completed layers are kept.',
  rate: (remaining: number, limit: number, window: string) =>
    `${formatNumber(remaining)} of ${formatNumber(limit)} pulls left${window}`,
  rateRemaining: (remaining: number, window: string) =>
    `${plural(remaining, { one: '# pull', other: '# pulls' })} left${window}`,
  rateWindow: (time: string) => ` in ${time}`,
  rateHint: (host: string) => `Rate limit that ${host} reported in its last response.`,
  filesMissing: (names: string) => `without ${names} (layers not available locally)`,
  reported: (names: string) => `Not included: the contents of ${names}, because some layers are not available locally.`,
  filesSame: 'Containers see the same files in all images whose layers are available locally.',
  filesFew: "Files can't be compared yet",
  filesFewText: 'They are in layers that only the registry has. Download the layers to see what changed.',
  packagesFew: "Packages can't be compared yet",
  packagesFewText: 'They are in layers that only the registry has. Download the layers in the Size view.',
  notFetched: '?',
  notFetchedHint: 'Some layers of this image are not available locally.',
  compareWithRegistry: 'Compare with registry',
  totalUnknown: (count: number) =>
    `${plural(count, { one: '# image', other: '# images' })} · layers only in registries`,
  totalWithout: (count: number) =>
    plural(count, {
      one: 'without # image whose layers are not available locally',
      other: 'without # images whose layers are not available locally'
    })
};
