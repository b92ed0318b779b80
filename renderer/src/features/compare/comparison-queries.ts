import type { CallInput, CallOutput } from '#contract/ipc/calls.ts';
import type { ComparedImage } from './compared-image.ts';

/** The calls on an open comparison, without their prefix. */
export type ComparisonQuestion =
  | 'overview'
  | 'cells'
  | 'differences'
  | 'rows'
  | 'settings'
  | 'export'
  | 'exportPng'
  | 'packages'
  | 'readPackages'
  | 'contents'
  | 'readContents';
export type ComparisonInput<Q extends ComparisonQuestion> = Omit<CallInput<`comparison.${Q}`>, 'comparisonId'>;

/** An open comparison, as its components use it. */
export interface ComparisonQueries {
  readonly images: readonly ComparedImage[];
  /** Index of the image that the others are compared with. */
  readonly baseline: number;
  /** Throws CallError. */
  call<Q extends ComparisonQuestion>(question: Q, input: ComparisonInput<Q>): Promise<CallOutput<`comparison.${Q}`>>;
  refresh(): Promise<void>;
}
