import { commandSpecs, type CommandId } from '#contract/commands.ts';
import type { RecentProject } from '#contract/schema/project.ts';
import { words } from '#contract/words/words.ts';
import { fuzzyMatch } from './fuzzy-match.ts';

/** A line of the palette. */
export type PaletteEntry =
  | {
      readonly kind: 'command';
      readonly key: string;
      readonly title: string;
      readonly id: CommandId;
      readonly shortcut: string | null;
    }
  | { readonly kind: 'project'; readonly key: string; readonly title: string; readonly project: RecentProject };

export interface PaletteMatch {
  readonly entry: PaletteEntry;
  /** Positions of the matched characters in the title. */
  readonly positions: readonly number[];
}

const entryLimit = 50;

/**
 * The palette's entries for a query, best first; without a query, the enabled commands in the list's order, then the
 * projects.
 */
export function findEntries(
  query: string,
  isEnabled: (id: CommandId) => boolean,
  projects: readonly RecentProject[]
): PaletteMatch[] {
  const commands = commandSpecs
    .filter((spec) => spec.id !== 'palette.open' && isEnabled(spec.id))
    .map((spec): PaletteEntry => ({
      kind: 'command',
      key: spec.id,
      title: words.commands[spec.id],
      id: spec.id,
      shortcut: spec.shortcut
    }));
  const opens = projects.map((project): PaletteEntry => ({
    kind: 'project',
    key: project.id,
    title: words.app.palette.openProject(project.name),
    project
  }));
  return [...commands, ...opens]
    .map((entry) => ({ entry, match: fuzzyMatch(query, entry.title) }))
    .flatMap(({ entry, match }) => (match === null ? [] : [{ entry, positions: match.positions, score: match.score }]))
    .sort((a, b) => b.score - a.score)
    .slice(0, entryLimit);
}
