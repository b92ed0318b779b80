import type { AnalysisFormat, exportFormats } from '../../domain/export-formats.ts';

export const report = {
  save: 'Export',
  saveTitle: 'Save the analysis',
  formats: {
    html: 'HTML page',
    markdown: 'Markdown',
    json: 'JSON',
    'dive-json': 'JSON as dive writes it',
    svg: 'SVG picture',
    png: 'PNG picture'
  } satisfies Record<keyof typeof exportFormats, string>,
  formatHints: {
    json: 'Every number and every wasted path',
    'dive-json': 'For tools that read dive',
    svg: 'The treemap, to any size',
    html: 'One file to hand on',
    png: 'The treemap as it is shown'
  } satisfies Record<AnalysisFormat, string>,
  saved: (name: string) => `Saved as ${name}.`,
  pageTitle: (image: string) => `${image}: layers and files`,
  pictureTitle: (image: string) => `The files of ${image} by size`,
  pictureDescription: (size: string, layers: number, files: number) =>
    `Treemap of ${size} in ${layers} layers with ${files} files. Twice the bytes have twice the area. Hatched bytes are hidden by a later layer.`,
  caption: (size: string, layers: string) => `${size} unpacked · ${layers}`,
  hidden: 'hidden by a later layer',
  hiddenOf: (size: string) => `${size} hidden`,
  smaller: (count: number) => (count === 1 ? '1 smaller item' : `${count} smaller items`),
  baseLayers: 'Base image',
  image: 'The image',
  platform: 'Platform',
  source: 'Read from',
  sources: { archive: 'archive', folder: 'OCI layout', engine: 'engine', registry: 'registry' },
  configDigest: 'Image ID',
  manifestDigest: 'Manifest',
  tags: 'Names',
  numbers: 'In numbers',
  size: 'Size, unpacked',
  userSize: 'Without the first layer',
  files: 'Files in a container',
  efficiency: 'Efficiency',
  wasted: 'In several layers',
  wastedOf: (percent: string) => `${percent} of what is above the first layer`,
  hiddenBytes: 'Hidden by later layers',
  rules: 'Rules',
  ruleNames: {
    lowestEfficiency: 'Lowest efficiency',
    highestWastedBytes: 'Most wasted bytes',
    highestUserWastedPercent: 'Largest wasted share'
  },
  outcomes: { passed: 'passed', failed: 'failed', disabled: 'not asked' },
  ruleLimit: (actual: string, limit: string) => `${actual}, limit ${limit}`,
  picture: 'Where the bytes are',
  layers: 'Layers',
  columns: {
    index: '#',
    instruction: 'Made by',
    line: 'Line',
    size: 'Size',
    stored: 'Stored',
    added: 'Added',
    modified: 'Modified',
    removed: 'Removed'
  },
  waste: 'Paths that several layers hold',
  wasteColumns: { size: 'Bytes', times: 'Times', layers: 'Layers', path: 'Path' },
  noWaste: 'No path is in more than one layer.',
  more: (count: number) => `and ${count} more`,
  madeBy: 'Made by Slipway. All sizes are unpacked bytes, unless they are called stored.'
};
