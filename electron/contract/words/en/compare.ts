import { maxComparedImages, minComparedImages } from '../../domain/comparison-limits.ts';
import type { ComparisonFormat } from '../../domain/export-formats.ts';
import type { PackageKind } from '../../schema/comparison.ts';

const packageKinds: Record<PackageKind, string> = { dpkg: 'dpkg', apk: 'apk', rpm: 'rpm', pip: 'pip', npm: 'npm' };
const kindNames = Object.values(packageKinds);
const kindList = new Intl.ListFormat('en').format(kindNames);

export const compare = {
  title: 'Compare',
  scale: 'areas are drawn to one scale: twice the size, twice the area',
  views: { size: 'Size', difference: 'Difference', files: 'Files', config: 'Config', packages: 'Packages' },
  viewLabel: 'What is compared',
  baseline: 'baseline',
  makeBaseline: 'Make it the baseline',
  remove: (name: string) => `Remove ${name} from the comparison`,
  smaller: (delta: string, percent: string) => `${delta} · ${percent} % smaller`,
  larger: (delta: string, percent: string) => `${delta} · ${percent} % larger`,
  grown: (delta: string) => `${delta} larger`,
  sameSize: 'the same size',
  sameImage: (name: string) => `the very same layers as ${name}`,
  shared: (size: string) => `${size} shared`,
  sharedHint: 'Layers that another image here has too, byte for byte; on disk they are kept once.',
  summary: (count: number, together: string) => `${count} images · ${together} together on disk, unpacked`,
  sharedByAll: (size: string) => `${size} shared by all, counted once`,
  noneShared: 'no layer shared',
  picture: (name: string) => `${name} by size`,
  bars: 'Layers as bars, on one scale',
  layer: (command: string, size: string) => `${command}, ${size}`,
  noBytes: 'This image has no bytes',
  buildBefore: (clock: string) => `build before · ${clock}`,
  lastBuild: (clock: string) => `last build · ${clock}`,
  builtAt: (moment: string) => `build · ${moment}`,
  untagged: 'untagged',
  choices: {
    title: 'Nothing to compare yet',
    one: 'One image more',
    text: `Choose ${minComparedImages} to ${maxComparedImages} images: of the engine, in a registry, or archives on disk. You can also drop archives here.`,
    oneText: (name: string) => `${name} is chosen. Add the image that it is to be held against.`,
    add: 'Add image',
    most: `${maxComparedImages} images are the most that can be compared.`
  },
  adding: {
    title: 'Add an image',
    filter: 'Filter images',
    archive: 'Open image archive…',
    none: 'No image matches.',
    noImages: 'The engine has no images.',
    list: 'Images to add'
  },
  reading: {
    title: 'Reading the images',
    waiting: 'waiting',
    asking: 'the engine hands it over…',
    read: (size: string) => `${size} read`,
    stacking: 'putting its layers together…',
    done: 'read',
    cancel: 'Cancel',
    cancelled: 'Reading was cancelled',
    cancelledText: 'What was read so far is kept; going on is quick.',
    goOn: 'Go on',
    failed: (name: string) => `${name} could not be compared`,
    without: 'Compare without it',
    another: 'Choose another'
  },
  platforms: 'These images are for different platforms',
  platformsText: (list: string) => `${list}. Most of their files differ for that reason alone.`,
  map: {
    said: 'areas are the bytes that differ from the baseline',
    title: 'Difference to the baseline',
    label: 'What differs, by bytes',
    choose: 'Image that is held against the baseline',
    against: (name: string) => `against ${name}`,
    root: 'All files',
    more: (size: string) => `more or added, ${size}`,
    fewer: (size: string) => `fewer or removed, ${size}`,
    notThere: 'not there',
    sizes: (before: string, after: string) => `${before} → ${after}`,
    fileCount: (count: number) =>
      count === 1 ? '1 file of another size' : `${count.toLocaleString('en')} files of another size`,
    alike: 'No file has another size',
    sameText: 'Both have the very same layers; the table below tells of the other images.',
    alikeText: 'What differs has the same number of bytes; the table below has it by name.'
  },
  files: {
    title: 'What changed',
    name: 'Path',
    change: 'Change',
    difference: 'Difference',
    changes: {
      same: 'same',
      added: 'added',
      removed: 'removed',
      grown: 'grown',
      shrunk: 'shrunk',
      changed: 'changed',
      touched: 'time only',
      content: 'different content',
      absent: ''
    },
    hints: {
      changed: 'The same size, but another mode, owner, link or kind, or something in it changed.',
      touched: 'The same size and attributes, another time; whether the content differs was not read.',
      content: 'The same size; read byte by byte, the content is another.'
    },
    filter: 'Show only',
    count: (count: number) => (count === 1 ? '1 file differs' : `${count.toLocaleString('en')} files differ`),
    none: 'No file differs',
    noneText: 'A container sees the same files in all of these images.',
    noMatch: 'Nothing changed in this way',
    more: (count: number) => `${count.toLocaleString('en')} more`,
    loading: 'Reading…',
    missing: '–'
  },
  contents: {
    compare: 'Compare contents',
    toRead: (size: string) => `reads ${size}`,
    hint: (paths: number, size: string) =>
      `${paths === 1 ? '1 file has' : `${paths.toLocaleString('en')} files have`} the same size in several images. To tell whether the content is the same too, the layers with them are read once more: ${size}, unpacked.`,
    cancelled: 'Comparing contents was cancelled',
    done: 'contents compared',
    doneHint: 'Files of the same size were read from all images; those left as equal are so, byte for byte.'
  },
  packages: {
    title: 'Packages',
    name: 'Package',
    difference: 'Difference',
    change: 'Change',
    kinds: packageKinds,
    /** "dpkg, apk, and npm" */
    kindList,
    kindFilter: 'Kind of package',
    allKinds: 'All kinds',
    filter: 'Filter packages',
    show: 'Packages shown',
    differences: 'Differences',
    all: 'All',
    sort: 'Sort by',
    changes: {
      same: 'same',
      added: 'added',
      removed: 'removed',
      changed: 'version',
      resized: 'same version',
      absent: ''
    },
    hints: { resized: 'The same version, but its files take more or less.' },
    bytesUnknown: 'Its files are not told.',
    bytesHint: 'What the files that the package owns take in the image.',
    differing: (count: number) => (count === 1 ? '1 package differs' : `${count.toLocaleString('en')} packages differ`),
    totalOf: (kind: string) => `All of ${kind}`,
    count: (count: number) => count.toLocaleString('en'),
    leftOut: (count: number) => `${count.toLocaleString('en')} more packages are not shown.`,
    reading: 'Reading the package databases',
    readingText: `${kindList} keep what they installed in files of the image; no container is run.`,
    cancelled: 'Reading the packages was cancelled',
    cancelledText: 'Nothing of the comparison was lost.',
    read: 'Read packages',
    none: 'No packages found',
    noneText: `None of these images has a database of ${new Intl.ListFormat('en', { type: 'disjunction' }).format(kindNames)}.`,
    same: 'The packages are the same',
    sameText: 'Every package is there in each of these images, in one version.',
    noMatch: 'No package matches',
    unread: 'Not all package databases could be read',
    unreadOf: (image: string, path: string, reason: string) => `${image}: ${path} ${reason}`,
    reasons: {
      format: 'is a database of rpm in Berkeley DB or ndb, which is not read here',
      damaged: 'is damaged',
      'too-large': 'is too large to be read'
    }
  },
  /** Of a reading that was asked for while the comparison is open. */
  more: {
    waiting: (image: string) => `Waiting for the engine to hand ${image} over`,
    opening: (image: string) => `Opening ${image}`,
    reading: (image: string, size: string) => `${image}: ${size} read`,
    readingOf: (image: string, size: string, total: string) => `${image}: ${size} of ${total} read`,
    stacking: (image: string) => `${image}: putting it together`
  },
  config: {
    setting: 'Setting',
    fields: {
      platform: 'Platform',
      entrypoint: 'Entrypoint',
      cmd: 'Command',
      user: 'User',
      workdir: 'Working directory',
      env: 'Environment',
      ports: 'Ports',
      volumes: 'Volumes',
      labels: 'Labels',
      healthcheck: 'Health check',
      history: 'History'
    },
    show: 'Settings shown',
    differences: 'Differences',
    all: 'All',
    reveal: 'Show masked values',
    mask: 'Mask values again',
    masked: 'Looks secret; masked until you ask.',
    none: 'The settings are the same',
    noneText: 'Environment, command, user, ports and all else agree in these images.',
    count: (count: number) => (count === 1 ? '1 setting differs' : `${count.toLocaleString('en')} settings differ`),
    notSet: 'not set'
  },
  report: {
    saveTitle: 'Save the comparison',
    image: 'Image',
    size: 'Size, unpacked',
    delta: 'Against the baseline',
    hints: {
      html: 'One file to hand on',
      markdown: 'For a pull request',
      json: 'Every number and the largest differences',
      svg: 'The images side by side, to any size',
      png: 'The picture as it is shown'
    } satisfies Record<ComparisonFormat, string>,
    pageTitle: (names: readonly string[]) => names.join(' and '),
    shared: 'shared',
    sharedLayer: 'layer that another image here has too',
    madeBy: 'Made by Slipway. All sizes are unpacked bytes. What looked secret is masked.'
  }
};
