import { commandSpecs, type CommandId } from '#contract/commands.ts';
import type { Bridge } from '#contract/ipc/bridge.ts';
import { call } from '../bridge/call.ts';
import type { CommandRegistry } from './command-registry.svelte.ts';

/**
 * Reports to main which commands are enabled, initially and after each change. Call it during a component's
 * initialization.
 */
export function syncAppMenu(bridge: Bridge, registry: CommandRegistry): void {
  const inMenu = commandSpecs.filter((spec) => spec.menu !== null).map((spec) => spec.id);
  // Compared as one text, so that unrelated changes send nothing.
  const allowed = $derived(inMenu.filter((id) => registry.isEnabled(id)).join(' '));
  $effect(() => {
    const commands = allowed === '' ? [] : (allowed.split(' ') as CommandId[]);
    // An outdated menu is harmless: a command is checked again before it runs.
    void call(bridge, 'menu.enable', { commands }).catch(() => undefined);
  });
}
