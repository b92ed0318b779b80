import { openStore } from '#core/store/open-store.ts';
import { buildRecordOf } from './build-record-of.ts';

/** Changes the store in the folder of its argument forever, and reports when it has started. */
const store = await openStore(process.argv[2] ?? '');
for (let round = 0; ; round++) {
  await Promise.all([
    store.settings.change({ panes: { main: [round % 100, 1] }, theme: round % 2 === 0 ? 'dark' : 'light' }),
    store.builds.add(buildRecordOf(`${process.pid}-${round}`, { dockerfileText: 'RUN true\n'.repeat(2000) })),
    store.recent.touch({ id: 'abcdef0123456789', path: '/p', name: `${round}`, stack: { language: 'node' } })
  ]);
  if (round === 0) console.log('writing');
}
