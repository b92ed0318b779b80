/** A short message in a corner that does not interrupt work. */
export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'go' | 'warn' | 'bad';
  readonly title: string;
  readonly text?: string;
  /** Another program's own words, such as the engine's; shown on request. */
  readonly detail?: string | null;
  readonly action?: { readonly label: string; readonly run: () => void };
}
