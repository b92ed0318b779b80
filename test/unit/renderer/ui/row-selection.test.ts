import { describe, expect, it } from 'vitest';
import { RowSelection } from '../../../../renderer/src/ui/row-selection.svelte.ts';

describe('RowSelection', () => {
  const order = ['a', 'b', 'c', 'd', 'e'];
  const selected = (selection: RowSelection): string => [...selection.keys].sort().join('');

  it('extends from the last toggled row, in both directions', () => {
    const selection = new RowSelection();
    selection.toggle('c');
    selection.extendTo('e', order);
    expect(selected(selection)).toBe('cde');
    selection.extendTo('b', order);
    expect(selected(selection)).toBe('bcde');
  });

  it('selects one where a range has no beginning that is shown', () => {
    const selection = new RowSelection();
    selection.extendTo('b', order);
    expect(selected(selection)).toBe('b');
    selection.extendTo('d', ['d', 'e']);
    expect(selected(selection)).toBe('bd');
  });

  it('selects all, and none where all are', () => {
    const selection = new RowSelection();
    selection.toggle('a');
    selection.toggleAll(['a', 'b']);
    expect(selected(selection)).toBe('ab');
    selection.toggleAll(['a', 'b']);
    expect(selected(selection)).toBe('');
  });
});
