import type { BuildRecord } from '../../schema/build.ts';

const outcomes: Record<BuildRecord['outcome'], string> = {
  finished: 'finished',
  failed: 'failed',
  cancelled: 'cancelled'
};

export const builds = {
  title: 'Builds',
  summary: (count: number) => (count === 1 ? '1 build' : `${count} builds`),
  every: 'All projects',
  scope: 'Whose builds',
  outcomes,
  columns: {
    outcome: 'Outcome',
    project: 'Project',
    tag: 'Tag',
    options: 'Options',
    steps: 'Steps cached',
    duration: 'Took',
    size: 'Size',
    when: 'When'
  },
  cached: (cached: number, count: number) => `${cached} of ${count}`,
  noCache: 'no cache',
  pull: 'pull',
  target: (stage: string) => `target ${stage}`,
  buildArgs: (count: number) => (count === 1 ? '1 build arg' : `${count} build args`),
  none: {
    title: 'No builds yet',
    text: 'Each build of a project is recorded here, with what it made and how long it took.'
  },
  open: 'Open a project'
};
