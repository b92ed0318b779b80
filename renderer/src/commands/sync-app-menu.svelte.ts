import { commandSpecs, type CommandId } from '#contract/commands.ts';
import type { Bridge } from '#contract/ipc/bridge.ts';
import { call } from '../bridge/call.ts';
import type { CommandRegistry } from './command-registry.svelte.ts';

/** Tells main which commands of the menu may run, at first and at each change. Call it while a component is made. */
export function syncAppMenu(bridge: Bridge, registry: CommandRegistry): void {
  const inMenu = commandSpecs.filter((spec) => spec.menu !== null).map((spec) => spec.id);
  // Compared as one text, so that what changes without changing this tells nothing.
  const allowed = $derived(inMenu.filter((id) => registry.isEnabled(id)).join(' '));
  $effect(() => {
    const commands = allowed === '' ? [] : (allowed.split(' ') as CommandId[]);
    // A menu that could not be greyed is no harm: a command asks again before it runs.
    void call(bridge, 'menu.enable', { commands }).catch(() => undefined);
  });
}
