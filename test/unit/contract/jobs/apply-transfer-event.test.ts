import { expect, it } from 'vitest';
import { archiveName } from '#contract/domain/archive-name.ts';
import { applyTransferEvent, emptyTransferSnapshot } from '#contract/jobs/apply-transfer-event.ts';

it('stores what is transferred and its progress', () => {
  const snapshot = emptyTransferSnapshot();
  applyTransferEvent(snapshot, { kind: 'started', direction: 'load', images: [], file: 'x.tar' });
  applyTransferEvent(snapshot, { kind: 'progress', doneBytes: 5, totalBytes: 10 });
  expect(snapshot).toEqual({ direction: 'load', images: [], file: 'x.tar', doneBytes: 5, totalBytes: 10 });
});

it.each([
  [['registry.example.com:5000/shop/api:1.8.2'], 'api-1.8.2.tar'],
  [['busybox:latest', 'b', 'c'], 'busybox-latest-and-2-more.tar'],
  [[`sha256:${'0123456789ab'.repeat(6)}`.slice(0, 71)], '0123456789ab.tar']
])('names the file of %j', (images, name) => {
  expect(archiveName(images)).toBe(name);
});
