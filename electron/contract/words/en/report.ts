import type { AnalysisFormat, exportFormats } from '../../domain/export-formats.ts';
import { formatNumber } from '../../format/format-number.ts';
import { plural } from '../../format/plural.ts';

export const report = {
  save: 'Export',
  saveTitle: 'Save analysis',
  formats: {
    html: 'HTML page',
    markdown: 'Markdown',
    json: 'JSON',
    'dive-json': 'dive-compatible JSON',
    svg: 'SVG image',
    png: 'PNG image'
  } satisfies Record<keyof typeof exportFormats, string>,
  formatHints: {
    json: 'All numbers and all wasted paths',
    'dive-json': 'For tools that read dive output',
    svg: 'The treemap, at any size',
    html: 'Single shareable file',
    png: 'The treemap as shown on screen'
  } satisfies Record<AnalysisFormat, string>,
  saved: (name: string) => `Saved as ${name}.`,
  pageTitle: (image: string) => `${image}: layers and files`,
  pictureTitle: (image: string) => `Files in ${image} by size`,
  pictureDescription: (size: string, layers: number, files: number) =>
    `Treemap of ${size} in ${plural(layers, { one: '# layer', other: '# layers' })} with ${plural(files, { one: '# file', other: '# files' })}. Area is proportional to size. Hatched areas are removable, or hidden by a later layer.`,
  platform: 'Platform',
  source: 'Source',
  sources: { archive: 'archive', folder: 'OCI layout', engine: 'engine', registry: 'registry' },
  imageId: 'Image ID',
  configDigest: 'Config digest',
  manifestDigest: 'Manifest digest',
  tags: 'Tags',
  numbers: 'Summary',
  size: 'Size, uncompressed',
  userSize: 'Size above the first layer',
  files: 'Files visible in a container',
  efficiency: 'Efficiency (dive)',
  wasted: 'dive counts as wasted',
  wastedOf: (share: string) => `${share} the bytes above the first layer`,
  hiddenBytes: 'Hidden by later layers',
  removableBytes: 'Removable',
  rules: 'Rules',
  ruleNames: {
    lowestEfficiency: 'Lowest efficiency',
    highestWastedBytes: 'Highest wasted bytes',
    highestUserWastedPercent: 'Highest wasted percentage'
  },
  outcomes: { passed: 'passed', failed: 'failed', disabled: 'not set' },
  ruleLimit: (actual: string, limit: string) => `${actual}, limit ${limit}`,
  picture: 'Files by size',
  layers: 'Layers',
  columns: {
    index: '#',
    instruction: 'Created by',
    line: 'Line',
    size: 'Size',
    stored: 'Stored',
    added: 'Added',
    modified: 'Modified',
    removed: 'Removed'
  },
  savings: 'Removable',
  savingsColumns: { rule: 'What', path: 'Path', size: 'Size', layer: 'Layer' },
  noSavings: 'No caches, package lists, temporary files or similar files were found.',
  waste: 'Paths stored more than once',
  wasteColumns: { size: 'Size', copies: 'Copies', layers: 'Layers', path: 'Path' },
  noWaste: 'No path is stored in more than one layer.',
  more: (count: number) => `and ${formatNumber(count)} more`,
  madeBy:
    'Made with Slipway. All sizes are uncompressed bytes, except where labeled Stored. Possible secrets are masked.'
};
