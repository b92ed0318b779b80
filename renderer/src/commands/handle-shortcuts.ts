import { commandSpecs } from '#contract/commands.ts';
import type { CommandRegistry } from './command-registry.svelte.ts';
import { matchesShortcut } from './shortcut.ts';

/**
 * The one place where shortcuts run commands, until the returned function is called. What is under the hand comes first:
 * keys that a view took, and keys in a dialog, are not looked at.
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
