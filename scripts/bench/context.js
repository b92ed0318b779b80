import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packContext } from '#core/context/pack-context.ts';
import { measurePair } from './measure-pair.js';

const root = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
writeFileSync(join(root, 'Dockerfile'), 'FROM scratch\nCOPY . /\n');
for (let folder = 0; folder < 100; folder++) {
  mkdirSync(join(root, `folder-${folder}`));
  for (let file = 0; file < 100; file++)
    writeFileSync(join(root, `folder-${folder}`, `file-${file}`), 'x'.repeat(file * 40));
}

const pack = async () => {
  for await (const chunk of await packContext({ root, dockerfile: 'Dockerfile' })) chunk.toString('latin1', 0, 1);
};
const tar = async () => execFileSync('sh', ['-c', 'tar -C "$0" -cf - . | cat > /dev/null', root]);

await measurePair({ name: 'pack a context of 10,000 files', run: pack }, { name: 'GNU tar', run: tar }, 5);
rmSync(root, { recursive: true });
