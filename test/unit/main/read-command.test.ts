import { expect, it } from 'vitest';
import { readCommand } from '../../../electron/main/read-command.ts';

const switches = ['/opt/Slipway/slipway', '--ozone-platform=headless', '--run-command'];

it('reads the words of a command, whatever they start with', () => {
  expect(readCommand([...switches, '--', 'analyze', '--json', '--', './--x'])).toEqual([
    'analyze',
    '--json',
    '--',
    './--x'
  ]);
  expect(readCommand([...switches, '--'])).toEqual([]);
});

it('is null for a start of the window, also with a file of that name', () => {
  expect(readCommand(['/opt/Slipway/slipway', 'image.tar'])).toBeNull();
  expect(readCommand(['/opt/Slipway/slipway', '--', '--run-command'])).toBeNull();
  expect(readCommand(['/opt/Slipway/slipway', '--run-command'])).toBeNull();
});
