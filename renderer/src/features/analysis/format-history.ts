import type { HistoryRow } from '#contract/schema/image.ts';
import { toOneLine } from '#contract/format/to-one-line.ts';

/** The title of the row: its instruction, else the engine's text, on one line. */
export function nameHistoryRow(row: HistoryRow): string {
  return toOneLine(row.instruction === '' ? row.createdBy : row.instruction);
}

/** Rows for the clipboard, tab-separated for spreadsheets: created by, bytes, time, line. */
export function formatHistory(rows: readonly HistoryRow[]): string {
  return rows
    .map((row) =>
      [
        (row.createdBy === '' ? row.instruction : row.createdBy).replace(/[\t\r\n]+/g, ' '),
        row.sizeBytes,
        row.createdAt === null ? '' : new Date(row.createdAt).toISOString(),
        row.line ?? ''
      ].join('\t')
    )
    .join('\n');
}
