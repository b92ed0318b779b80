export const images = {
  title: 'Images',
  summary: (count: number) => (count === 1 ? '1 image' : `${count} images`),
  matching: (shown: number, count: number) => `${shown} of ${count}`,
  filter: 'Filter by name, tag, id',
  columns: { repository: 'Repository', tag: 'Tag', id: 'Id', created: 'Created', size: 'Size' },
  sizeHint: "As the engine's list tells it; layers shared with other images are counted in each.",
  untagged: '<untagged>',
  back: 'All images',
  none: { title: 'No images yet', text: 'Images that you build or pull stand here.' },
  noMatch: { title: 'No image matches', text: 'Nothing has this in its name, tag or id.', clear: 'Clear the filter' },
  live: "live: follows the engine's events"
};
