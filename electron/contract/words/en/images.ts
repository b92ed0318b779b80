import { formatList } from '../../format/format-list.ts';
import { formatNumber } from '../../format/format-number.ts';
import { plural } from '../../format/plural.ts';

const countImages = (count: number): string => plural(count, { one: '# image', other: '# images' });
const countTags = (count: number): string => plural(count, { one: '# tag', other: '# tags' });
interface RemovedCounts {
  readonly images: number;
  /** Tags of images that remain. */
  readonly tags: number;
}

/** "1 image and 2 tags". */
const countRemoved = ({ images, tags }: RemovedCounts): string =>
  formatList([...(images > 0 ? [countImages(images)] : []), ...(tags > 0 ? [countTags(tags)] : [])]);
const keptByTags = (count: number): string =>
  plural(count, { one: '# other tag keeps the image', other: '# other tags keep the image' });

export const images = {
  title: 'Images',
  table: 'Images on this engine',
  summary: countImages,
  onDisk: (size: string) => `${size} on disk, shared layers counted once`,
  onDiskHint:
    'Uncompressed sizes. Base layers that several images share are counted once. Compressed copies are not included.',
  reclaimable: (size: string) => `${size} in untagged images`,
  reading: (done: number, count: number) => `reading layers, ${formatNumber(done)} of ${formatNumber(count)}`,
  matching: (shown: number, count: number) => `${formatNumber(shown)} of ${formatNumber(count)}`,
  filter: 'Filter by name, tag or ID',
  columns: {
    repository: 'Repository',
    tag: 'Tag',
    id: 'ID',
    created: 'Created',
    size: 'Size',
    total: 'Total',
    reclaims: 'Reclaims'
  },
  shared: 'shared',
  unique: 'unique',
  sizeHint: (shared: string, unique: string) => `${shared} shared with other images · ${unique} unique · uncompressed`,
  reportedSizeHint: 'Size reported by the engine; layers not analyzed yet.',
  reportedContainerdHint: 'Size reported by the engine, compressed and uncompressed together; layers not analyzed yet.',
  moreMayBeShared: 'Not all images are analyzed yet, so more layers may turn out to be shared.',
  guessed: 'Layer sizes of this image are a best guess.',
  reclaimsHint: (size: string) => `Removing it reclaims ${size}`,
  reclaimsNothing: 'Other images use all of its layers',
  reclaimsNothingTagged: (count: number) => `Reclaims nothing: ${keptByTags(count)}`,
  untagged: '<untagged>',
  back: 'All images',
  live: 'live',
  uncompressed: 'uncompressed sizes',
  loading: (engine: string) => `Loading images from ${engine}`,
  slow: 'Still waiting… Engines with many images can take a while.',
  none: { title: 'No images yet', text: 'Images you build, pull or load appear here.' },
  noMatch: { title: 'No matching images', text: 'No name, tag or ID contains this text.', clear: 'Clear filter' },
  group: 'Group',
  grouping: { none: 'No groups', repository: 'By repository' },
  groupTags: countTags,
  untaggedCount: (count: number) => `${formatNumber(count)} untagged`,
  select: (name: string) => `Select ${name}`,
  selectAll: 'Select all shown images',
  selected: (count: number) => `${formatNumber(count)} selected`,
  selectedReclaims: (size: string) => `reclaims ${size}`,
  clearSelection: 'Clear selection',
  remove: 'Remove…',
  tag: 'Add tag…',
  save: 'Save…',
  load: 'Load…',
  cleanUp: 'Clean up…',
  cleanUpHint: 'Remove untagged images',
  compare: (count: number) => `Compare ${formatNumber(count)}`,
  archive: {
    saveTitle: 'Save images to an archive',
    loadTitle: 'Load images from an archive',
    openTitle: 'Open image archive',
    reading: (name: string) => `Reading ${name}`,
    choose: 'Choose image',
    fromFile: 'from an archive, no engine needed',
    fromFileShort: 'archive',
    kind: 'Image archives',
    anyFile: 'All files'
  },
  removal: {
    title: (counts: RemovedCounts) => `Remove ${countRemoved(counts)}?`,
    titleInUse: (count: number) => plural(count, { one: 'The image is in use', other: 'The images are in use' }),
    reclaims: (size: string) => `This reclaims ${size} of uncompressed layers that no other image uses.`,
    reclaimsNothing: 'This reclaims nothing: other images use all of the layers, or the images keep other tags.',
    notYet: 'Not all images are analyzed yet, so the numbers may change.',
    removed: (size: string) => `Will be removed; reclaims ${size}`,
    removedOnly: 'Will be removed; other images keep its layers',
    untagged: (count: number) => `Untag only: ${keptByTags(count)}`,
    running: (containers: string) => `Will be kept: in use by ${containers} (running)`,
    stopped: (containers: string) => `Will be kept: in use by ${containers} (stopped)`,
    forced: (containers: string) =>
      `Will be removed; its layers stay until these containers are removed: ${containers}`,
    force: 'Also remove images that are used only by stopped containers',
    noForce: 'Podman would also remove the containers. Remove them first.',
    more: (count: number) => `and ${formatNumber(count)} more`,
    confirm: (counts: RemovedCounts) => `Remove ${countRemoved(counts)}`,
    nothing: 'Nothing to remove',
    progress: (done: number, count: number) => `Removing ${formatNumber(done)} of ${formatNumber(count)}`,
    stop: 'Stop',
    done: (counts: RemovedCounts) => `Removed ${countRemoved(counts)}`,
    reclaimed: (size: string) => `Reclaimed ${size}.`,
    failed: (count: number) => `${formatNumber(count)} could not be removed`
  },
  tagging: {
    title: (name: string) => `Add a tag to ${name}`,
    label: 'New tag',
    hint: 'A repository and a tag, such as ada/shop-api:1.9. The default tag is latest.',
    moves: (name: string) =>
      `${name} points to another image. The tag will move to this image; the other image keeps its other tags.`,
    same: 'The image already has this tag.',
    confirm: 'Add tag',
    move: 'Move tag here',
    done: (name: string) => `Tagged as ${name}`
  },
  transfer: {
    saving: (file: string) => `Saving to ${file}`,
    loading: (file: string) => `Loading ${file}`,
    unpacking: (file: string) => `The engine is unpacking ${file}`,
    of: (done: string, total: string) => `${done} of ${total}`,
    saved: (file: string, size: string) => `Saved ${file} (${size})`,
    loaded: (file: string) => `Loaded ${file}`,
    noneReported: 'The engine did not report what it loaded.',
    cancelled: (file: string) => `${file}: canceled`,
    cancelledSave: 'No file was saved.',
    cancelledLoad: 'Partly loaded layers may remain.'
  }
};
