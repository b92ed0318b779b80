const countOf = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`;

const changes = { unchanged: 'unchanged', added: 'added', modified: 'modified', removed: 'removed' };

const kinds = {
  implied: 'folder',
  file: 'file',
  'hard-link': 'hard link',
  symlink: 'symbolic link',
  character: 'character device',
  block: 'block device',
  folder: 'folder',
  fifo: 'named pipe',
  other: 'special file'
};

export const files = {
  saveTitle: 'Save a file of the image',
  view: 'View',
  viewHint: 'Look at the file as the layer holds it',
  save: 'Save…',
  saveHint: 'Save the file as the layer holds it',
  preview: {
    reading: 'Reading the file…',
    slow: 'An engine writes out the whole image before it hands over one file.',
    empty: 'The file is empty.',
    none: 'There are no bytes to show: it is a device, a pipe or a file with holes.',
    link: (target: string) =>
      `A link to ${target}. Links are not followed: what they lead to depends on the other layers.`,
    cut: (shown: string, whole: string) => `The first ${shown} of ${whole} are shown.`,
    lines: (count: number) => (count === 1 ? '1 line' : `${count.toLocaleString('en')} lines`),
    bytes: 'bytes',
    picture: 'picture'
  },
  tree: 'Files',
  fileCount: (count: number) => countOf(count, 'file', 'files'),
  noValue: '–',
  changes,
  kinds,
  scope: {
    label: 'Which files are shown',
    whole: 'Whole image',
    wholeDetail: 'as a container sees it',
    layer: (layer: number) => `layer ${layer}`,
    layerDetail: (layer: number, size: string, line: number | null) =>
      [`layer ${layer}`, size, ...(line === null ? [] : [`line ${line}`])].join(' · '),
    stackLabel: 'How much of the stack',
    own: 'Its changes',
    stack: 'Up to it'
  },
  filter: {
    label: 'Filter by change',
    counted: (change: string, count: number) => `${change} ${count.toLocaleString('en')}`,
    noRemoved: 'What is removed stands in the changes of the layer that removed it.'
  },
  search: 'Search: text, *.pyc, /usr/lib',
  searchHint: 'Text anywhere in a name, a glob such as *.pyc or **/doc, or a path from the root such as /usr/lib.',
  matched: (count: number, size: string) =>
    `${countOf(count, 'file', 'files')} · ${size} ${count === 1 ? 'matches' : 'match'}`,
  matchedHint: 'In all layers: each version of a file that a layer holds counts.',
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
  sizeHint: 'Unpacked bytes; of a removed file, what it held.',
  linkTo: (target: string) => `→ ${target}`,
  line: (line: number) => `line ${line}`,
  showMore: (next: number, left: number) =>
    left <= next
      ? `Show ${left.toLocaleString('en')} more`
      : `Show ${next.toLocaleString('en')} more of ${left.toLocaleString('en')}`,
  loading: 'Reading the folder…',
  open: (name: string) => `Open ${name}`,
  close: (name: string) => `Close ${name}`,
  emptyLayer: 'This layer changes no file',
  emptyLayerText: 'Its instruction only left folders as they were, or changed nothing at all.',
  noMatch: 'Nothing matches',
  noMatchText: 'No file in this part of the image passes the search and the filters.',
  noMatchClear: 'Show all files',
  noLayers: 'This image has no layers',
  noLayersText: 'It holds only settings; there is no file in it.',
  details: {
    label: 'File details',
    copyPath: 'Copy the path',
    close: 'Close the details',
    share: (percent: string) => `${percent} of the image`,
    mode: 'Mode',
    owner: 'Owner',
    modified: 'Modified',
    link: 'Points to',
    layer: 'Layer',
    versions: 'In layers',
    version: (layer: number, change: string, size: string) => `layer ${layer}: ${change}, ${size}`,
    removed: (layer: number) => `layer ${layer}: removed`,
    hidden: (layer: string) => `No container sees these bytes; hidden by ${layer}`,
    implied: 'No layer tells this folder; files below it imply it.',
    evidence: {
      exact: 'the build reported this line',
      matched: 'the line and the layer say the same',
      guess: 'the likely line, not certain'
    }
  },
  waste: {
    title: 'Waste',
    hidden: 'hidden in layers',
    hiddenText: 'Later layers removed or replaced these bytes; no container sees them.',
    efficiency: 'efficient',
    wasted: (size: string, percent: string) => `${size} wasted, ${percent} of all above the first layer`,
    diveLabel: 'How dive counts',
    diveHint:
      'dive counts every path that more than one layer holds, with all its versions, the one in use included; so the two numbers differ. Efficiency is what would do (the smallest version of each path) to what is held.',
    rules: 'Rules',
    rulesFrom: { project: 'from .dive-ci', defaults: 'dive’s defaults' },
    outcomes: { passed: 'passed', failed: 'failed', disabled: 'off' },
    ruleNames: {
      lowestEfficiency: 'Efficiency',
      highestWastedBytes: 'Wasted bytes',
      highestUserWastedPercent: 'Wasted share'
    },
    ruleHints: {
      lowestEfficiency: 'lowestEfficiency',
      highestWastedBytes: 'highestWastedBytes',
      highestUserWastedPercent: 'highestUserWastedPercent: wasted bytes to the bytes above the first layer'
    },
    atLeast: (actual: string, limit: string) => `${actual}, at least ${limit}`,
    atMost: (actual: string, limit: string) => `${actual}, at most ${limit}`,
    list: 'Paths that several layers hold',
    columns: { path: 'Path', times: 'Times', size: 'Bytes', layers: 'Layers' },
    sizeHint: 'What all layers together hold for the path.',
    times: (times: number) => `${times}×`,
    inLayer: (layer: number, name: string, line: number | null) =>
      [`layer ${layer}`, name, ...(line === null ? [] : [`line ${line}`])].join(' · '),
    copyAll: 'Copy all',
    notShown: (count: number) => `${countOf(count, 'path', 'paths')} more, each smaller, not shown`,
    none: 'Nothing is wasted',
    noneText: 'No path stands in more than one layer, so every byte of every layer is in use.'
  }
};
