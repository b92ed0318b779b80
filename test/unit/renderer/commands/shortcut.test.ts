import { describe, expect, it } from 'vitest';
import { matchesShortcut, formatShortcut, type KeyPress } from '../../../../renderer/src/commands/shortcut.ts';

const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...change
});

describe('formatShortcut', () => {
  it('formats like the system', () => {
    expect(formatShortcut('CmdOrCtrl+Shift+P', false)).toBe('Ctrl Shift P');
    expect(formatShortcut('CmdOrCtrl+Shift+P', true)).toBe('⇧⌘P');
    expect(formatShortcut('F6', true)).toBe('F6');
  });
});

describe('matchesShortcut', () => {
  it('matches Ctrl, and on a Mac the command key', () => {
    expect(matchesShortcut('CmdOrCtrl+K', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(matchesShortcut('CmdOrCtrl+K', press('k', { metaKey: true }), true)).toBe(true);
    expect(matchesShortcut('CmdOrCtrl+K', press('k', { ctrlKey: true }), true)).toBe(false);
    expect(matchesShortcut('CmdOrCtrl+K', press('k', { metaKey: true }), false)).toBe(false);
  });

  it('requires exactly the modifiers', () => {
    expect(matchesShortcut('CmdOrCtrl+P', press('P', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(matchesShortcut('CmdOrCtrl+Shift+P', press('P', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
    expect(matchesShortcut('F6', press('F6', { altKey: true }), false)).toBe(false);
    expect(matchesShortcut('CmdOrCtrl+K', press('k'), false)).toBe(false);
  });
});
