import type { TransferEvent, TransferSnapshot } from '../schema/transfer.ts';

/** The snapshot of a save or load before its first event. */
export function emptyTransferSnapshot(): TransferSnapshot {
  return { direction: 'save', images: [], file: '', doneBytes: 0, totalBytes: null };
}

/** Applies one event to the snapshot, in place. Only this function changes main's snapshot and the window's. */
export function applyTransferEvent(snapshot: TransferSnapshot, event: TransferEvent): void {
  switch (event.kind) {
    case 'started':
      snapshot.direction = event.direction;
      snapshot.images = event.images;
      snapshot.file = event.file;
      return;
    case 'progress':
      snapshot.doneBytes = event.doneBytes;
      snapshot.totalBytes = event.totalBytes;
      return;
  }
}
