/** What the threads of a shell command get from the app's process, which waits for them. */
export interface CommandThreadData {
  /** The index `ended` becomes 1 when the command has ended; then `status` has its exit status. */
  readonly result: Int32Array;
  /** Columns of the terminal; null if the output is not a terminal. */
  readonly columns: number | null;
}

export const commandResultIndex = { ended: 0, status: 1 } as const;
