/** A line of the options' table as it is typed. */
export interface BuildArgumentRow {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

export type BuildArgumentFault = 'bad-name' | 'twice';

const namePattern = /^[A-Za-z_]\w*$/;

/** Why a row cannot be sent; null when it can, or is empty and left out. */
export function findArgumentFault(row: BuildArgumentRow, rows: readonly BuildArgumentRow[]): BuildArgumentFault | null {
  if (row.name === '') return row.value === '' ? null : 'bad-name';
  if (!namePattern.test(row.name)) return 'bad-name';
  return rows.some((other) => other.id < row.id && other.name === row.name) ? 'twice' : null;
}

/** The rows as the build takes them, without the faulty ones. */
export function toBuildArguments(rows: readonly BuildArgumentRow[]): Record<string, string> {
  const validRows = rows.filter((row) => row.name !== '' && findArgumentFault(row, rows) === null);
  return Object.fromEntries(validRows.map((row) => [row.name, row.value]));
}

/** The rows that show these build arguments, in their order. */
export function toArgumentRows(values: Readonly<Record<string, string>>): BuildArgumentRow[] {
  return Object.entries(values).map(([name, value], id) => ({ id, name, value }));
}
