import { expect, it } from 'vitest';
import { splitForCut } from '../../../../renderer/src/ui/split-for-cut.ts';

it.each([
  ['', '', ''],
  ['a', 'a', ''],
  ['abcd', 'ab', 'cd'],
  ['~/code/awesome-compose/react-express-mysql/backend', '~/code/awesome-compose/react-express', '-mysql/backend'],
  ['🐳🐳', '🐳', '🐳']
])('%s is cut before its end', (text, head, tail) => {
  expect(splitForCut(text)).toEqual({ head, tail });
});
