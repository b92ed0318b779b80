const macSigns: Readonly<Record<string, string>> = { CmdOrCtrl: '⌘', Shift: '⇧', Alt: '⌥' };
const otherNames: Readonly<Record<string, string>> = { CmdOrCtrl: 'Ctrl' };

/** The fields of a keyboard event that matter for shortcuts. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Formats an Electron accelerator for this system: "CmdOrCtrl+Shift+P" is "⇧⌘P" on a Mac, else "Ctrl Shift P". */
export function formatShortcut(shortcut: string, isMac: boolean): string {
  const parts = shortcut.split('+');
  if (!isMac) return parts.map((part) => otherNames[part] ?? part).join(' ');
  const order = ['Alt', 'Shift', 'CmdOrCtrl'];
  return [...parts]
    .sort((a, b) => rank(order, a) - rank(order, b))
    .map((part) => macSigns[part] ?? part)
    .join('');
}

/** Whether a key press is the shortcut: the same key with exactly these modifiers. */
export function matchesShortcut(shortcut: string, press: KeyPress, isMac: boolean): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const main = parts.includes('CmdOrCtrl');
  return (
    press.key.toLowerCase() === key.toLowerCase() &&
    press.ctrlKey === (main && !isMac) &&
    press.metaKey === (main && isMac) &&
    press.shiftKey === parts.includes('Shift') &&
    press.altKey === parts.includes('Alt')
  );
}

function rank(order: readonly string[], part: string): number {
  const index = order.indexOf(part);
  return index < 0 ? order.length : index;
}
