import { expect, it } from 'vitest';

const { nameDeb } = (await import('../../../scripts/package/build-package.js')) as {
  nameDeb: (build: { name: string; version: string; electronVersion: string; testsOnly: boolean }) => string;
};

it('a package with another Electron than the pinned one says so in its name', () => {
  const build = { name: 'slipway', version: '1.2.3', electronVersion: '25.1.1' };
  expect(nameDeb({ ...build, testsOnly: false })).toBe('slipway_1.2.3_amd64.deb');
  expect(nameDeb({ ...build, testsOnly: true })).toBe('slipway_1.2.3+for-testing.electron-25.1.1_amd64.deb');
});
