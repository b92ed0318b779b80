import type { HistoryRow } from '#contract/schema/image.ts';

/** A row of an image's history with defaults for the other fields. */
export function historyRow(row: Partial<HistoryRow>): HistoryRow {
  return {
    createdBy: '',
    instruction: 'RUN true',
    origin: 'run',
    sizeBytes: 0,
    createdAt: null,
    layerIndex: null,
    diffId: null,
    line: null,
    evidence: null,
    copiedFrom: null,
    ...row
  };
}
