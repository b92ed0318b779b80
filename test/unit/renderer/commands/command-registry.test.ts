import { describe, expect, it, vi } from 'vitest';
import { CallError } from '../../../../renderer/src/bridge/call.ts';
import { CommandRegistry } from '../../../../renderer/src/commands/command-registry.svelte.ts';

describe('CommandRegistry', () => {
  it('runs the last registered implementation, and the previous one once that is removed', async () => {
    const ran: string[] = [];
    const registry = new CommandRegistry(vi.fn());
    registry.provide({ 'pane.next': { run: () => void ran.push('first') } });
    const unsubscribe = registry.provide({ 'pane.next': { run: () => void ran.push('second') } });
    registry.run('pane.next');
    unsubscribe();
    registry.run('pane.next');
    await vi.waitFor(() => expect(ran).toEqual(['second', 'first']));
  });

  it('does not run disabled, unimplemented or unknown commands', () => {
    const run = vi.fn();
    const registry = new CommandRegistry(vi.fn());
    registry.provide({ 'build.start': { when: () => false, run } });
    expect(registry.isEnabled('build.start')).toBe(false);
    expect(registry.run('build.start')).toBe(false);
    expect(registry.run('push.start')).toBe(false);
    expect(registry.runNamed('no.such.command')).toBe(false);
    expect(run).not.toHaveBeenCalled();
  });

  it("passes on a command's errors, immediate and later ones", async () => {
    const errors: unknown[] = [];
    const registry = new CommandRegistry((error) => errors.push(error));
    registry.provide({
      'build.start': { run: () => Promise.reject(new CallError({ code: 'engine-none' })) },
      'push.start': {
        run: () => {
          throw new Error('broken');
        }
      }
    });
    expect(registry.run('build.start')).toBe(true);
    expect(registry.run('push.start')).toBe(true);
    await vi.waitFor(() => expect(errors).toHaveLength(2));
    expect(errors).toContainEqual({ code: 'engine-none' });
    expect(errors).toContainEqual({ code: 'internal', detail: 'broken' });
  });
});
