export const remote = {
  notPulled: 'remote · not pulled',
  onPlatform: (platform: string) => `remote · ${platform}`,
  adding: {
    from: 'Where the image is',
    places: { engine: 'On this engine', registry: 'In a registry' },
    reference: 'Image in a registry',
    hint: 'Nothing is pulled: manifest and config are read, a few kilobytes.',
    add: 'Add',
    asking: 'Asking the registry…',
    login: (host: string, username: string | null) =>
      username === null ? `The login saved for ${host} is used.` : `The login saved for ${host} is used: ${username}.`,
    anonymous: (host: string) => `No login is saved for ${host}: it is asked without one.`,
    platforms: 'It is there for several platforms. Which one?',
    signIn: 'Sign in'
  },
  /** After a size. */
  compressed: (size: string) => `${size} compressed`,
  compressedUnit: 'compressed',
  compressedHint:
    'As the registry keeps its layers and as they travel. What they unpack to is not known before they are read.',
  unknown: 'unpacked size not known',
  delta: {
    smaller: (delta: string, percent: string) => `${delta} · ${percent} % smaller, compressed`,
    larger: (delta: string, percent: string) => `${delta} · ${percent} % larger, compressed`,
    grown: (delta: string) => `${delta} larger, compressed`,
    sameSize: 'the same compressed size'
  },
  allHere: (size: string) => `${size} compressed · every layer is here`,
  allHereHint: 'Its layers are among those that were read here, so nothing is left to fetch.',
  noBaseline: 'Its layers are not here: nothing can be measured against it.',
  noBar: 'No bar: its bytes are known compressed only.',
  layers: 'Layers in the registry, compressed',
  ownScale: 'Compressed sizes, on a scale of their own: not to be held against areas of unpacked bytes.',
  layerHere: 'here',
  layerHereHint: 'An image or the cache here has this layer: it is not fetched.',
  layerMissing: 'not here',
  fetch: (size: string) => `Fetch layers (${size})`,
  fetchHint: (count: number) =>
    count === 1
      ? 'Fetches the one layer that is nowhere here, to show its files. The image is not pulled into the engine.'
      : `Fetches the ${count} layers that are nowhere here, to show their files. The image is not pulled into the engine.`,
  fetching: (done: string, total: string) => `${done} of ${total} fetched`,
  fetchWaiting: 'asking for layers…',
  fetchStacking: 'putting its layers together…',
  fetchCancelled: 'Cancelled. Layers that had come whole are kept.',
  rate: (remaining: number, limit: number, window: string) =>
    `${remaining.toLocaleString('en')} of ${limit.toLocaleString('en')} pulls left${window}`,
  rateRemaining: (remaining: number, window: string) => `${remaining.toLocaleString('en')} pulls left${window}`,
  rateWindow: (time: string) => ` in ${time}`,
  rateHint: (host: string) => `What ${host} still lets you ask for, as it said with its last answer.`,
  filesMissing: (names: string) => `without ${names}, whose layers are not all here`,
  reported: (names: string) => `Nothing is said here of what is in ${names}: its layers are not all here.`,
  filesSame: 'A container sees the same files in the images whose layers are all here.',
  filesFew: 'Files cannot be compared yet',
  filesFewText: 'They are in layers that only a registry has. Fetch the layers to see what changed.',
  packagesFew: 'Packages cannot be compared yet',
  packagesFewText: 'They are in layers that only a registry has. Fetch the layers in the view of sizes.',
  notFetched: '?',
  notFetchedHint: 'The layers of this image are not all here.',
  compareWithRegistry: 'Compare with what the registry has',
  togetherUnknown: (count: number) => `${count} images · their layers are only in registries`,
  togetherWithout: (count: number) =>
    count === 1 ? 'without an image whose layers are not here' : `without ${count} images whose layers are not here`
};
