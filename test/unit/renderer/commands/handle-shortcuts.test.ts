import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandSpecs } from '#contract/commands.ts';
import { CommandRegistry } from '../../../../renderer/src/commands/command-registry.svelte.ts';
import { handleShortcuts } from '../../../../renderer/src/commands/handle-shortcuts.ts';

/** The part of the DOM that is used: whether the event comes from inside a dialog. */
class FakeElement {
  readonly #isInDialog: boolean;
  constructor(isInDialog: boolean) {
    this.#isInDialog = isInDialog;
  }
  closest(selector: string): FakeElement | null {
    return this.#isInDialog && selector === '[role="dialog"]' ? this : null;
  }
}

const { id, shortcut } = commandSpecs.find((spec) => spec.shortcut === 'CmdOrCtrl+B') ?? {
  id: 'build.start',
  shortcut: ''
};

let ran: number;
let isEnabled: boolean;
let target: EventTarget;
let unsubscribe: () => void;

beforeEach(() => {
  vi.stubGlobal('Element', FakeElement);
  ran = 0;
  isEnabled = true;
  target = new EventTarget();
  const registry = new CommandRegistry(() => undefined);
  registry.provide({ [id]: { when: () => isEnabled, run: () => void (ran += 1) } });
  unsubscribe = handleShortcuts(target as Window, registry, () => false);
});
afterEach(() => void vi.unstubAllGlobals());

async function press(change: object = {}): Promise<Event> {
  const event = new Event('keydown', { cancelable: true });
  const key = { key: 'b', ctrlKey: true, metaKey: false, shiftKey: false, altKey: false, isComposing: false };
  for (const [name, value] of Object.entries({ ...key, ...change })) Object.defineProperty(event, name, { value });
  target.dispatchEvent(event);
  await Promise.resolve();
  return event;
}

describe('a shortcut', () => {
  it('runs its command, and takes the key from the page', async () => {
    expect(shortcut).toBe('CmdOrCtrl+B');
    expect((await press()).defaultPrevented).toBe(true);
    expect(ran).toBe(1);
  });

  it('leaves the key to the page where the command may not run', async () => {
    isEnabled = false;
    expect((await press()).defaultPrevented).toBe(false);
    expect(ran).toBe(0);
  });

  it.each([
    ['typed with an input method', { isComposing: true }],
    ['pressed in a dialog', { target: new FakeElement(true) }],
    ['with another modifier', { shiftKey: true }],
    ['taken by a view', { defaultPrevented: true }]
  ])('does nothing when it is %s', async (_what, change) => {
    await press(change);
    expect(ran).toBe(0);
  });

  it('runs from any other element, until it is unsubscribed', async () => {
    await press({ target: new FakeElement(false) });
    expect(ran).toBe(1);
    unsubscribe();
    await press();
    expect(ran).toBe(1);
  });
});
