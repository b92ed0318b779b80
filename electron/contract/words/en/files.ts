import { formatNumber } from '../../format/format-number.ts';
import { plural } from '../../format/plural.ts';

const changes = { unchanged: 'unchanged', added: 'added', modified: 'modified', removed: 'removed' };

const kinds = {
  implied: 'directory',
  file: 'file',
  'hard-link': 'hard link',
  symlink: 'symbolic link',
  character: 'character device',
  block: 'block device',
  folder: 'directory',
  fifo: 'named pipe',
  other: 'special file'
};

export const files = {
  saveTitle: 'Save file from image',
  view: 'View',
  viewHint: 'View the file as stored in this layer',
  save: 'Save…',
  saveHint: 'Save the file as stored in this layer',
  preview: {
    reading: 'Reading the file…',
    slow: 'The engine has to export the entire image to read one file.',
    empty: 'The file is empty.',
    none: 'Nothing to show: this is a device, a pipe or a sparse file.',
    link: (target: string) =>
      `A link to ${target}. Links are not followed because their target depends on the other layers.`,
    truncated: (shown: string, total: string) => `Showing the first ${shown} of ${total}.`,
    lines: (count: number) => plural(count, { one: '# line', other: '# lines' }),
    bytes: 'bytes',
    picture: 'image'
  },
  tree: 'Files',
  fileCount: (count: number) => plural(count, { one: '# file', other: '# files' }),
  noValue: '–',
  changes,
  kinds,
  scope: {
    label: 'Files shown',
    image: 'Entire image',
    imageDetail: 'as a container sees it',
    layer: (layer: number) => `layer ${layer}`,
    layerDetail: (layer: number, size: string, line: number | null) =>
      [`layer ${layer}`, size, ...(line === null ? [] : [`line ${line}`])].join(' · '),
    rangeLabel: 'Layers shown',
    layerOnly: 'This layer only',
    cumulative: 'Cumulative'
  },
  filter: {
    label: 'Filter by change',
    counted: (change: string, count: number) => `${change} ${formatNumber(count)}`,
    noRemoved: 'Removed files are listed under the layer that removed them.'
  },
  search: 'Search: text, *.pyc, /usr/lib',
  searchHint: 'Part of a name, a glob such as *.pyc or **/doc, or a path from the root such as /usr/lib.',
  matched: (count: number, size: string) =>
    `${plural(count, { one: '# file', other: '# files' })} · ${size} ${plural(count, { one: 'matches', other: 'match' })}`,
  matchedHint: 'Searches all layers. Each version of a file counts.',
  columns: {
    name: 'Name',
    size: 'Size',
    files: 'Files',
    change: 'Change',
    layer: 'Layer',
    mode: 'Mode',
    owner: 'Owner',
    modified: 'Modified'
  },
  sizeHint: 'Uncompressed size. For a removed file, the size before it was removed.',
  linkTo: (target: string) => `→ ${target}`,
  line: (line: number) => `line ${line}`,
  showMore: (next: number, left: number) =>
    left <= next ? `Show ${formatNumber(left)} more` : `Show ${formatNumber(next)} more of ${formatNumber(left)}`,
  loading: 'Reading the directory…',
  expand: (name: string) => `Expand ${name}`,
  collapse: (name: string) => `Collapse ${name}`,
  emptyLayer: 'This layer changes no files',
  emptyLayerText: 'Its instruction left directories as they were, or changed nothing at all.',
  noMatch: 'No matches',
  noMatchText: 'Clear the search or filters to see more.',
  noMatchClear: 'Show all files',
  noLayers: 'This image has no layers',
  noLayersText: 'It contains only settings and no files.',
  details: {
    label: 'File details',
    copyPath: 'Copy path',
    close: 'Close details',
    share: (percent: string) => `${percent} of the image`,
    mode: 'Mode',
    owner: 'Owner',
    modified: 'Modified',
    link: 'Link target',
    versions: 'In layers',
    version: (layer: number, change: string, size: string) => `layer ${layer}: ${change}, ${size}`,
    removed: (layer: number) => `layer ${layer}: removed`,
    hidden: (layer: string) => `Not visible at runtime: hidden by ${layer}`,
    implied: 'Directory has no entry of its own in any layer.',
    evidence: {
      exact: 'reported by the build',
      matched: 'matched by text',
      guess: 'best guess'
    }
  },
  waste: {
    removable: 'removable',
    removableText: 'Caches, package lists and temporary files that a fix can remove.',
    hidden: 'hidden',
    hiddenText: 'Overwritten or deleted in a later layer, so not visible in a container.',
    efficiency: 'efficiency (dive)',
    wasted: (size: string, share: string) => `dive counts ${size} as wasted (${share} the bytes above the first layer)`,
    diveLabel: 'How dive counts',
    diveHint:
      'dive counts every path that is stored in more than one layer, with all its versions, including the one in use. That is why its number differs from the hidden bytes. Efficiency compares the smallest version of each path with all bytes stored for it.',
    rules: 'Rules',
    rulesFrom: { project: 'from .dive-ci', defaults: 'dive defaults' },
    outcomes: { passed: 'passed', failed: 'failed', disabled: 'off' },
    ruleNames: {
      lowestEfficiency: 'Efficiency',
      highestWastedBytes: 'Wasted bytes',
      highestUserWastedPercent: 'Wasted percentage'
    },
    ruleHints: {
      lowestEfficiency: 'lowestEfficiency',
      highestWastedBytes: 'highestWastedBytes',
      highestUserWastedPercent: 'highestUserWastedPercent: wasted bytes relative to the bytes above the first layer'
    },
    atLeast: (actual: string, limit: string) => `${actual} (min ${limit})`,
    atMost: (actual: string, limit: string) => `${actual} (max ${limit})`,
    listLabel: 'Paths to show',
    lists: { removable: 'Removable', copies: 'Stored more than once' },
    list: 'Paths stored more than once',
    removableList: 'Removable paths',
    removableSizeHint: 'Size of the files that a fix can remove, without those that a later layer hides.',
    columns: { rule: 'What', path: 'Path', copies: 'Copies', size: 'Size', layers: 'Layers', layer: 'Layer' },
    emptyPaths: (count: number) => plural(count, { one: '# path of 0 B', other: '# paths of 0 B' }),
    sizeHint: 'Total size of the path in all layers.',
    copies: (count: number) => `${formatNumber(count)}×`,
    inLayer: (layer: number, name: string, line: number | null) =>
      [`layer ${layer}`, name, ...(line === null ? [] : [`line ${line}`])].join(' · '),
    copyAll: 'Copy all',
    notShown: (count: number) =>
      plural(count, { one: '# smaller path is not shown', other: '# smaller paths are not shown' }),
    none: 'Nothing wasted',
    noneText: 'Nothing is removable, and no path is stored in more than one layer.',
    noneRemovable: 'Nothing removable',
    noneRemovableText: 'No caches, package lists, temporary files or similar files were found.',
    noneCopied: 'Nothing stored twice',
    noneCopiedText: 'No path is stored in more than one layer.'
  }
};
