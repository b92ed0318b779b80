import { saveProjectFile } from '#core/project/project-file.ts';
import { openStagingFolder } from '#core/util/staging-folder.ts';

/** Saves the Dockerfile of the project in its first argument forever; its second is the staging folder. */
const [, , root = '', staging = ''] = process.argv;
await openStagingFolder(staging);
for (let round = 0; ; round++) {
  const text = `FROM scratch\nLABEL round=${round}\n${'# text\n'.repeat(20_000)}# end\n`;
  await saveProjectFile(root, 'Dockerfile', text, { revision: null, replace: true });
  if (round === 0) console.log('saving');
}
