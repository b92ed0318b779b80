/** A row of the options' table, as typed. */
export interface BuildArgumentRow {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

export type BuildArgumentFault = 'bad-name' | 'twice';

const namePattern = /^[A-Za-z_]\w*$/;

/** Why a row is invalid; null if it is valid, or empty and ignored. */
export function findArgumentFault(row: BuildArgumentRow, rows: readonly BuildArgumentRow[]): BuildArgumentFault | null {
  if (row.name === '') return row.value === '' ? null : 'bad-name';
  if (!namePattern.test(row.name)) return 'bad-name';
  return rows.some((other) => other.id < row.id && other.name === row.name) ? 'twice' : null;
}

/** The valid rows in the build's format. */
export function toBuildArguments(rows: readonly BuildArgumentRow[]): Record<string, string> {
  const validRows = rows.filter((row) => row.name !== '' && findArgumentFault(row, rows) === null);
  return Object.fromEntries(validRows.map((row) => [row.name, row.value]));
}

/** The rows that show these build arguments, in their order. */
export function toArgumentRows(values: Readonly<Record<string, string>>): BuildArgumentRow[] {
  return Object.entries(values).map(([name, value], id) => ({ id, name, value }));
}
