/** A short message in a corner that does not interrupt work. */
export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'go' | 'warn' | 'bad';
  readonly title: string;
  readonly text?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}
