import { maxComparedImages, minComparedImages } from '../../domain/comparison-limits.ts';
import type { ComparisonFormat } from '../../domain/export-formats.ts';
import { formatNumber } from '../../format/format-number.ts';
import { plural } from '../../format/plural.ts';
import { allPackageKinds, anyPackageKind, packageKinds } from './package-kinds.ts';

export const compare = {
  title: 'Compare',
  scale: 'Same scale: area = size',
  views: { size: 'Size', difference: 'Difference', files: 'Files', config: 'Config', packages: 'Packages' },
  viewLabel: 'Compare by',
  baseline: 'baseline',
  setBaseline: 'Set as baseline',
  remove: (name: string) => `Remove ${name} from the comparison`,
  smaller: (delta: string, percent: string) => `${delta} · ${percent} smaller`,
  larger: (delta: string, percent: string) => `${delta} · ${percent} larger`,
  times: (delta: string, ratio: string) => `${delta} · ${ratio} the size`,
  grown: (delta: string) => `${delta} larger`,
  sameSize: 'same size',
  sameImage: (name: string) => `identical to ${name}`,
  shared: (size: string) => `${size} shared`,
  sharedHint: 'Layers that are also in another image of this comparison. They are stored on disk once.',
  summary: (count: number, total: string) =>
    `${plural(count, { one: '# image', other: '# images' })} · ${total} on disk in total, uncompressed`,
  sharedByAll: (size: string) => `${size} shared by all, counted once`,
  noneShared: 'no shared layers',
  picture: (name: string) => `${name} by size`,
  bars: 'Layers as bars, drawn to the same scale',
  layer: (command: string, size: string) => `${command}, ${size}`,
  noBytes: 'This image is empty (0 B)',
  previousBuild: (clock: string) => `previous build · ${clock}`,
  lastBuild: (clock: string) => `last build · ${clock}`,
  builtAt: (moment: string) => `build · ${moment}`,
  untagged: 'untagged',
  choices: {
    title: 'Nothing to compare yet',
    addAnother: 'Add one more image',
    text: `Add ${minComparedImages}–${maxComparedImages} images from the engine, a registry or an archive. You can also drop archives here.`,
    addAnotherText: (name: string) => `Add another image to compare with ${name}.`,
    add: 'Add image',
    full: `You can compare up to ${maxComparedImages} images.`
  },
  adding: {
    title: 'Add image',
    filter: 'Filter images',
    archive: 'Open image archive…',
    none: 'No matching images.',
    noImages: 'The engine has no images.',
    list: 'Available images'
  },
  reading: {
    title: 'Reading images',
    waiting: 'waiting',
    exporting: 'exporting from the engine…',
    read: (size: string) => `${size} read`,
    merging: 'merging layers…',
    done: 'done',
    cancel: 'Cancel',
    cancelled: 'Reading canceled',
    cancelledText: 'Everything read so far is cached, so resuming is quick.',
    resume: 'Resume',
    failed: (name: string) => `${name} could not be compared`,
    without: 'Continue without it',
    another: 'Choose another image'
  },
  platforms: 'These images are for different platforms',
  platformsText: (list: string) => `${list}. That alone makes most of their files differ.`,
  map: {
    summary: 'Area = bytes that differ from the baseline',
    title: 'Difference from baseline',
    label: 'Differences by size',
    choose: 'Compared image',
    comparedWith: (name: string) => `compared with ${name}`,
    imageDelta: (delta: string) => `image ${delta}`,
    filesDelta: (delta: string) => `visible files ${delta}`,
    deltaHint:
      'The map shows the files that a container sees. The image also stores files that later layers overwrite or delete, so its size differs by another number.',
    root: 'All files',
    grown: (size: string) => `grew or added, ${size}`,
    shrunk: (size: string) => `shrank or removed, ${size}`,
    absent: 'absent',
    sizes: (before: string, after: string) => `${before} → ${after}`,
    fileCount: (count: number) => plural(count, { one: '# file changed size', other: '# files changed size' }),
    sameSizes: 'No size changes',
    identicalText: 'These two images have identical layers. The table below lists the changes in the other images.',
    sameSizesText: 'The changed files kept their size. The table below lists them.'
  },
  files: {
    title: 'What changed',
    name: 'Path',
    change: 'Change',
    difference: 'Difference',
    differing: (size: string) => `± ${size}`,
    differingHint: 'Added and removed bytes together.',
    beforeAndAfter: (before: string, after: string, change: string) => `${before} → ${after}, ${change}`,
    changes: {
      same: 'same',
      added: 'added',
      removed: 'removed',
      grown: 'grew',
      shrunk: 'shrank',
      changed: 'changed',
      touched: 'timestamp only',
      content: 'different content',
      absent: ''
    },
    hints: {
      changed: 'Same size, but the mode, owner, link target or type differs, or something inside changed.',
      touched: 'Same size and attributes, different timestamp. The contents were not compared.',
      content: 'Same size, but a byte-by-byte comparison found different content.'
    },
    filter: 'Show only',
    count: (count: number) => plural(count, { one: '# file differs', other: '# files differ' }),
    none: 'No files differ',
    noneText: 'Containers see the same files in all of these images.',
    noMatch: 'No changes of this kind',
    more: (count: number) => `${formatNumber(count)} more`,
    missing: '–'
  },
  contents: {
    compare: 'Compare contents',
    toRead: (size: string) => `reads ${size}`,
    hint: (paths: number, size: string) =>
      `${plural(paths, { one: '# file has', other: '# files have' })} the same size in several images. To compare the contents, their layers are read again: ${size} uncompressed.`,
    cancelled: 'Comparing contents was canceled',
    done: 'contents compared',
    doneHint:
      'Files of the same size were compared byte by byte in all images. Files still shown as the same are identical.'
  },
  packages: {
    title: 'Packages',
    name: 'Package',
    difference: 'Difference',
    change: 'Change',
    kinds: packageKinds,
    kindFilter: 'Package type',
    allKinds: 'All types',
    filter: 'Filter packages',
    show: 'Packages to show',
    differences: 'Differences',
    all: 'All',
    changes: {
      same: 'same',
      added: 'added',
      removed: 'removed',
      changed: 'version',
      resized: 'same version',
      absent: ''
    },
    hints: { resized: 'Same version, but its files have a different size.' },
    bytesUnknown: 'No file list available.',
    bytesHint: 'Size of the files that the package owns in the image.',
    differing: (count: number) => plural(count, { one: '# package differs', other: '# packages differ' }),
    totalOf: (kind: string) => `All ${kind} packages`,
    count: (count: number) => formatNumber(count),
    notShown: (count: number) =>
      plural(count, { one: '# more package is not shown.', other: '# more packages are not shown.' }),
    reading: 'Reading package databases',
    readingText: `${allPackageKinds} record what they installed in files of the image. No container is run.`,
    cancelled: 'Reading packages was canceled',
    cancelledText: 'The rest of the comparison is unaffected.',
    read: 'Read packages',
    none: 'No packages found',
    noneText: `None of these images has a database of ${anyPackageKind}.`,
    same: 'No packages differ',
    sameText: 'All of these images have the same packages in the same versions.',
    noMatch: 'No matching packages',
    unread: 'Some package databases could not be read',
    unreadOf: (image: string, path: string, reason: string) => `${image}: ${path} ${reason}`,
    reasons: {
      format: 'is an rpm Berkeley DB or ndb database, which is not supported',
      damaged: 'is damaged',
      'too-large': 'is too large to read'
    }
  },
  /** Progress of what is read on request while the comparison is open. */
  progress: {
    waiting: (image: string) => `Exporting ${image} from the engine`,
    opening: (image: string) => `Opening ${image}`,
    reading: (image: string, size: string) => `${image}: ${size} read`,
    readingOf: (image: string, size: string, total: string) => `${image}: ${size} of ${total} read`,
    merging: (image: string) => `${image}: merging layers`
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
    show: 'Settings to show',
    differences: 'Differences',
    all: 'All',
    reveal: 'Show masked values',
    mask: 'Mask values',
    masked: 'Possible secret, masked until you choose to show it.',
    none: 'No settings differ',
    noneText: 'All settings are identical.',
    count: (count: number) => plural(count, { one: '# setting differs', other: '# settings differ' }),
    notSet: 'not set'
  },
  report: {
    saveTitle: 'Save comparison',
    image: 'Image',
    size: 'Size, uncompressed',
    delta: 'Compared with baseline',
    hints: {
      html: 'Single shareable file',
      markdown: 'For a pull request',
      json: 'All numbers and the largest differences',
      svg: 'The images side by side, at any size',
      png: 'As shown on screen'
    } satisfies Record<ComparisonFormat, string>,
    pageTitle: (names: readonly string[]) => names.join(' and '),
    shared: 'shared',
    sharedLayer: 'layer that is also in another image of this comparison',
    madeBy: 'Made with Slipway. All sizes are uncompressed bytes. Possible secrets are masked.'
  }
};
