import { describe, expect, it } from 'vitest';
import type { RecentProject } from '#contract/schema/project.ts';
import { findEntries } from '../../../../renderer/src/commands/find-entries.ts';

const project: RecentProject = {
  id: 'p0000001',
  name: 'flask-demo',
  displayPath: '~/flask-demo',
  stack: { language: 'python' },
  openedAt: 1,
  missing: false,
  lastBuild: null,
  lastFailureAt: null,
  lastPushAt: null
};

const titles = (query: string): string[] => findEntries(query, () => true, [project]).map(({ entry }) => entry.title);

describe('findEntries', () => {
  it('offers only enabled commands, in the order of the list, then the projects', () => {
    const found = findEntries('', (id) => id === 'build.start' || id === 'view.images', [project]);
    expect(found.map(({ entry }) => entry.key)).toEqual(['build.start', 'view.images', 'p0000001']);
  });

  it('finds commands and projects by a query', () => {
    expect(titles('push')[0]).toBe('Push');
    expect(titles('flask')).toEqual(['Open flask-demo']);
    expect(titles('qqqq')).toEqual([]);
  });

  it('does not offer to open itself', () => {
    expect(titles('')).not.toContain('Search or run a command');
  });
});
