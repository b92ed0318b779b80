import type { ErrorDetail, ErrorReason } from '../schema/error-reason.ts';
import { words } from '../words/words.ts';

/** An error's detail as text: the other program's own, or the words for Slipway's reason. Empty for nothing. */
export function describeDetail(detail: ErrorDetail): string {
  if (typeof detail === 'string') return detail;
  const describe = words.reasons[detail.reason] as (values: ErrorReason) => string;
  return describe(detail);
}
