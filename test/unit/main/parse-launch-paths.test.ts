import { describe, expect, it } from 'vitest';
import { parseLaunchPaths } from '../../../electron/main/parse-launch-paths.ts';

describe('pathsOf', () => {
  it('returns the arguments after the app itself, relative to the working directory', () => {
    expect(parseLaunchPaths(['electron', '--no-sandbox', '/app', 'web', '/abs'], '/home/a', false)).toEqual([
      '/home/a/web',
      '/abs'
    ]);
    expect(parseLaunchPaths(['slipway', '.'], '/home/a', true)).toEqual(['/home/a']);
    expect(parseLaunchPaths(['slipway'], '/home/a', true)).toEqual([]);
  });

  it('accepts the URLs of file managers', () => {
    const urls = ['file:///home/a/my%20image.tar', 'file://elsewhere/b.tar', 'file:///%zz'];
    expect(parseLaunchPaths(['slipway', ...urls], '/home', true)).toEqual([
      '/home/a/my image.tar',
      '/home/file:/elsewhere/b.tar',
      '/home/file:/%zz'
    ]);
  });
});
