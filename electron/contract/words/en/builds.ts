import type { BuildRecord } from '../../schema/build.ts';
import { formatNumber } from '../../format/format-number.ts';
import { plural } from '../../format/plural.ts';

const outcomes: Record<BuildRecord['outcome'], string> = {
  finished: 'finished',
  failed: 'failed',
  cancelled: 'canceled'
};

export const builds = {
  title: 'Builds',
  summary: (count: number) => plural(count, { one: '# build', other: '# builds' }),
  allProjects: 'All projects',
  scope: 'Show builds of',
  outcomes,
  columns: {
    outcome: 'Result',
    project: 'Project',
    tag: 'Tag',
    options: 'Options',
    steps: 'Steps cached',
    duration: 'Duration',
    size: 'Size',
    started: 'Started'
  },
  cached: (cached: number, count: number) => `${formatNumber(cached)}/${formatNumber(count)}`,
  noCache: 'no cache',
  pull: 'pull',
  target: (stage: string) => `target ${stage}`,
  buildArgs: (count: number) => plural(count, { one: '# build arg', other: '# build args' }),
  none: {
    title: 'No builds yet',
    text: 'Builds of your projects appear here with their result, duration and size.'
  },
  open: 'Open a project'
};
