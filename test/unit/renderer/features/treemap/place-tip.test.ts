import { expect, test } from 'vitest';
import { placeTip } from '../../../../../renderer/src/features/treemap/place-tip.ts';

const bounds = { width: 1000, height: 500 };
const tip = { width: 320, height: 100 };

test.each([
  ['below a cell at the top', { x: 0, y: 0, width: 500, height: 200 }, { left: 14, top: 214 }],
  ['above a cell at the bottom', { x: 100, y: 300, width: 900, height: 200 }, { left: 114, top: 186 }],
  ['to the right of a high cell', { x: 0, y: 0, width: 600, height: 500 }, { left: 614, top: 14 }],
  ['to the left of a high cell', { x: 400, y: 0, width: 600, height: 500 }, { left: 66, top: 14 }],
  [
    'in the far corner of a cell that fills the view',
    { x: 0, y: 0, width: 1000, height: 500 },
    { left: 680, top: 400 }
  ],
  ['at the pointer', { x: 990, y: 10, width: 0, height: 0 }, { left: 680, top: 24 }]
])('a tip is %s', (_name, anchor, place) => {
  expect(placeTip(anchor, tip, bounds)).toEqual(place);
});
