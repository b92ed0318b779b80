import type { z } from 'zod';

/** The first fault that a schema found, as "layers.0.digest: Invalid input"; at most 500 characters. */
export function describeIssue({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return '';
  const path = issue.path.join('.');
  return (path === '' ? issue.message : `${path}: ${issue.message}`).slice(0, 500);
}
