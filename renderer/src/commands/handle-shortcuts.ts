import { commandSpecs } from '#contract/commands.ts';
import type { CommandRegistry } from './command-registry.svelte.ts';
import { matchesShortcut } from './shortcut.ts';

/**
 * Runs commands by shortcuts, until the returned function is called. Views have priority:
 * keys that a view handled, and keys in a dialog, are ignored.
 */
export function handleShortcuts(target: Window, registry: CommandRegistry, isMac: () => boolean): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest('[role="dialog"]')) return;
    const spec = commandSpecs.find(({ shortcut }) => shortcut !== null && matchesShortcut(shortcut, event, isMac()));
    if (spec && registry.run(spec.id)) event.preventDefault();
  };
  target.addEventListener('keydown', onKey);
  return () => target.removeEventListener('keydown', onKey);
}
