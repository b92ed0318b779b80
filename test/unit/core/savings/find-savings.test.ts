import { describe, expect, it } from 'vitest';
import { savingsRuleIds, type SavingsRuleId } from '#contract/domain/savings-rules.ts';
import { mergeLayers } from '#core/filetree/merge-layers.ts';
import { findSavings, type Savings } from '#core/savings/find-savings.ts';
import { layerOf } from '../filetree/layer-of.ts';

type Entry = Parameters<typeof layerOf>[0][number];

/** Finds what is removable in layers of these entries. */
function savingsOf(...layers: Entry[][]): Savings {
  const tables = layers.map((entries) => layerOf(entries));
  const { tree, final } = mergeLayers(tables);
  return findSavings(tree, tables, final);
}

const file = (path: string, sizeBytes = 10): Entry => ({ path, sizeBytes });

/** For each rule paths that it removes, and paths that look like them. */
const examples: Record<SavingsRuleId, { removes: string[]; keeps: string[] }> = {
  'apt-lists': {
    removes: ['var/lib/apt/lists/packages.example.com_dists_bookworm_main_binary-amd64_Packages.lz4'],
    keeps: ['var/lib/apt/extended_states', 'srv/var/lib/apt/lists/x', 'var/lib/apt/listsold/x']
  },
  'apt-cache': {
    removes: ['var/cache/apt/pkgcache.bin', 'var/cache/apt/srcpkgcache.bin', 'var/cache/apt/archives/gcc_12_amd64.deb'],
    keeps: ['var/cache/debconf/config.dat', 'etc/apt/sources.list']
  },
  'apk-cache': { removes: ['var/cache/apk/APKINDEX.00740ba1.tar.gz', 'etc/apk/cache/x.apk'], keeps: ['etc/apk/world'] },
  'dnf-cache': {
    removes: ['var/cache/dnf/fedora/x.solv', 'var/cache/yum/x86_64/7/base/a.rpm', 'var/cache/libdnf5/a'],
    keeps: ['var/lib/dnf/history.sqlite']
  },
  'zypper-cache': { removes: ['var/cache/zypp/solv/@System/solv'], keeps: ['etc/zypp/zypp.conf'] },
  'pacman-cache': {
    removes: ['var/cache/pacman/pkg/a.pkg.tar.zst', 'var/lib/pacman/sync/core.db'],
    keeps: ['var/lib/pacman/local/a']
  },
  'installed-packages': {
    removes: ['chrome.deb', 'root/chrome.deb', 'home/app/chrome.rpm'],
    keeps: ['srv/repo/chrome.deb', 'chrome.deb.txt']
  },
  'pip-cache': {
    removes: ['root/.cache/pip/http/1/2/3', 'home/app/.cache/uv/wheels-v1/x', 'opt/x/.cache/pypoetry/cache/y'],
    keeps: ['usr/lib/python3/dist-packages/pip/x.py', 'root/.cache/huggingface/model.bin']
  },
  'conda-cache': {
    removes: ['opt/conda/pkgs/numpy.conda', 'root/miniconda3/pkgs/x'],
    keeps: ['opt/conda/lib/libz.so']
  },
  'npm-cache': {
    removes: ['root/.npm/_cacache/content-v2/x', 'home/node/.npm/_logs/a.log'],
    keeps: ['app/node_modules/a/index.js', 'root/.npmrc']
  },
  'yarn-cache': {
    removes: ['usr/local/share/.cache/yarn/v6/x', 'root/.yarn/berry/cache/x.zip'],
    keeps: ['app/.yarn/cache/x.zip']
  },
  'pnpm-cache': { removes: ['root/.local/share/pnpm/store/v3/files/00/1'], keeps: ['app/node_modules/.pnpm/a/x.js'] },
  'go-cache': {
    removes: ['go/pkg/mod/cache/download/x', 'root/go/pkg/mod/a@v1/x.go', 'root/.cache/go-build/00/1'],
    keeps: ['go/bin/tool']
  },
  'cargo-cache': {
    removes: ['usr/local/cargo/registry/cache/x.crate', 'root/.cargo/git/db/x'],
    keeps: ['usr/local/cargo/bin/cargo']
  },
  'maven-cache': { removes: ['root/.m2/repository/org/a/a.jar'], keeps: ['root/.m2/settings.xml', 'app/a.jar'] },
  'gradle-cache': { removes: ['home/gradle/.gradle/caches/modules-2/a'], keeps: ['app/.gradle/config'] },
  'composer-cache': {
    removes: ['root/.composer/cache/files/a.zip', 'root/.cache/composer/a'],
    keeps: ['app/vendor/a.php']
  },
  'gem-cache': {
    removes: ['usr/lib/ruby/gems/3.1.0/cache/rake.gem', 'usr/local/bundle/cache/rake.gem'],
    keeps: ['usr/lib/ruby/gems/3.1.0/gems/rake/x.rb', 'app/vendor/cache/rake.gem']
  },
  'nuget-cache': {
    removes: ['root/.nuget/packages/a/a.dll', 'root/.local/share/NuGet/v3-cache/a'],
    keeps: ['app/a.dll']
  },
  'temporary-files': { removes: ['tmp/build/x.o', 'var/tmp/x'], keeps: ['app/tmp/x'] },
  logs: { removes: ['var/log/apt/history.log', 'var/log/dpkg.log'], keeps: ['app/log/x.js', 'usr/lib/log'] },
  'version-control': {
    removes: ['app/.git/objects/pack/a.pack', 'src/.svn/wc.db'],
    keeps: ['app/.gitignore', 'app/.github/x.yml']
  },
  'editor-files': {
    removes: ['app/.idea/workspace.xml', 'app/.DS_Store', 'app/.main.c.swp', 'app/main.c~'],
    keeps: ['app/main.c', 'app/~x']
  }
};

describe('what is removable', () => {
  it.each(savingsRuleIds)('by the rule %s: these paths, and not similar ones', (ruleId) => {
    const { removes, keeps } = examples[ruleId];
    for (const path of removes) {
      expect(savingsOf([file(path)]).savings, path).toMatchObject([{ ruleId, sizeBytes: 10, fileCount: 1 }]);
    }
    expect(savingsOf(keeps.map((path) => file(path))).savings).toEqual([]);
  });

  it('is reported by rule with the outermost paths and the layers that added them, the largest first', () => {
    const { savings, removableBytes } = savingsOf(
      [file('bin/sh', 1000), file('var/lib/apt/lists/a', 300), file('var/lib/apt/lists/deep/b', 200)],
      [file('var/lib/apt/lists/c', 50), file('tmp/x', 900), file('tmp/empty', 0)]
    );
    expect(removableBytes).toBe(1450);
    expect(savings).toEqual([
      {
        ruleId: 'temporary-files',
        sizeBytes: 900,
        fileCount: 1,
        paths: [{ path: '/tmp', layer: 1, sizeBytes: 900, fileCount: 1 }]
      },
      {
        ruleId: 'apt-lists',
        sizeBytes: 550,
        fileCount: 3,
        paths: [
          { path: '/var/lib/apt/lists', layer: 0, sizeBytes: 500, fileCount: 2 },
          { path: '/var/lib/apt/lists', layer: 1, sizeBytes: 50, fileCount: 1 }
        ]
      }
    ]);
  });

  it('does not contain hidden files: deleted or overwritten by a later layer', () => {
    const { savings, removableBytes } = savingsOf(
      [file('tmp/deleted', 100), file('tmp/overwritten', 200), file('tmp/kept', 5)],
      [file('tmp/.wh.deleted', 0), file('tmp/overwritten', 30)]
    );
    expect(removableBytes).toBe(35);
    expect(savings[0]?.paths.map(({ layer, sizeBytes }) => [layer, sizeBytes])).toEqual([
      [1, 30],
      [0, 5]
    ]);
  });

  it('counts every byte once, by the rule of the outermost directory', () => {
    const { savings } = savingsOf([file('tmp/home/.cache/pip/x', 10), file('app/.git/.DS_Store', 20)]);
    expect(savings.map(({ ruleId, sizeBytes }) => [ruleId, sizeBytes])).toEqual([
      ['version-control', 20],
      ['temporary-files', 10]
    ]);
  });

  it('leaves out files of a store that installed files link to', () => {
    const link = (path: string, linkTarget: string): Entry => ({ path, type: 'hard-link', linkTarget });
    const { removableBytes } = savingsOf([
      file('opt/conda/pkgs/numpy/a.so', 100),
      file('opt/conda/pkgs/numpy/unused', 7),
      link('opt/conda/lib/a.so', 'opt/conda/pkgs/numpy/a.so')
    ]);
    expect(removableBytes).toBe(7);
  });

  it('ends in the right state in a deep tree of names that begin patterns', () => {
    const deep = Array.from({ length: 3000 }, (_, at) => (at % 2 === 0 ? '.cache' : 'gems')).join('/');
    const { removableBytes } = savingsOf([file(`${deep}/pip/x`, 3), file(`${deep}/other`, 5)]);
    expect(removableBytes).toBe(0);
  });
});
