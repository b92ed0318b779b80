import { describe, expect, it } from 'vitest';
import { resolvePageFile } from '../../../electron/main/resolve-page-file.ts';

describe('resolvePageFile', () => {
  it.each([
    ['app://slipway/', '/page/index.html'],
    ['app://slipway/assets/index.js', '/page/assets/index.js'],
    ['app://slipway/a%20b.js', '/page/a b.js'],
    ['app://slipway/../../etc/passwd', '/page/etc/passwd']
  ])('%s is %s', (url, file) => expect(resolvePageFile('/page', url)).toBe(file));

  it.each([
    'app://other/index.html',
    'app://slipway/..%2f..%2fetc/passwd',
    'app://slipway/%00',
    'app://slipway/%',
    'app://slipway/..%5c..%5csecret',
    'https://slipway/index.html'
  ])('%s is refused', (url) => expect(resolvePageFile('/page', url)).toBeUndefined());
});
