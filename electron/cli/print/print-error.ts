import { describeDetail } from '#contract/format/describe-detail.ts';
import { words } from '#contract/words/words.ts';
import type { AppErrorCode, AppErrorData } from '#contract/schema/error.ts';
import type { ErrorWords } from '#contract/words/en/errors.ts';
import { replaceControls } from './replace-controls.ts';

/** An error as text: a line with what happened and the detail, if any, and a line with the next step in a terminal. */
export function printError(data: AppErrorData): string {
  const { title, next } = words.errors[data.code] as ErrorWords<AppErrorCode>;
  const nextStep = words.cli.nextSteps[data.code] as ErrorWords<AppErrorCode>['next'] | undefined;
  const detail = 'detail' in data && data.detail !== undefined ? describeDetail(data.detail) : '';
  const happened = `slipway: ${title(data)}${detail === '' ? '' : ` (${detail.replace(/\s+/g, ' ')})`}`;
  const lines = [happened, (nextStep ?? next)(data)].filter((line) => line !== '');
  return lines.map((line) => `${replaceControls(line)}\n`).join('');
}
