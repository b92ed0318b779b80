import type { AppErrorCode, AppErrorData } from '#contract/schema/error.ts';
import { describeDetail } from '#contract/format/describe-detail.ts';
import { words } from '#contract/words/words.ts';
import type { ErrorWords } from '#contract/words/en/errors.ts';

export interface ErrorText {
  readonly title: string;
  readonly next: string;
  /** For the collapsible details; null if there are none. */
  readonly detail: string | null;
}

/** The texts of an error for display. */
export function describeError(error: AppErrorData): ErrorText {
  const text = words.errors[error.code] as ErrorWords<AppErrorCode>;
  return { title: text.title(error), next: text.next(error), detail: findDetail(error) };
}

function findDetail(error: AppErrorData): string | null {
  if (error.code === 'build-step-failed') return error.lastLines.length > 0 ? error.lastLines.join('\n') : null;
  return 'detail' in error && error.detail !== undefined && error.detail !== '' ? describeDetail(error.detail) : null;
}
