import { describeDetail } from '#contract/format/describe-detail.ts';
import { words } from '#contract/words/words.ts';
import type { AppErrorCode, AppErrorData } from '#contract/schema/error.ts';
import type { ErrorWords } from '#contract/words/en/errors.ts';
import { replaceControls } from './replace-controls.ts';

/** An error as text: title, detail if there is one, and the next step. */
export function printError(data: AppErrorData): string {
  const errorWords = words.errors[data.code] as ErrorWords<AppErrorCode>;
  const detail = 'detail' in data && data.detail !== '' ? ` (${describeDetail(data.detail)})` : '';
  const lines = `${errorWords.title(data)}${detail}\n${errorWords.next(data)}\n`.split('\n');
  return lines.map(replaceControls).join('\n');
}
