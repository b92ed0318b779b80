import { expect, it } from 'vitest';
import { findingSchema } from '#contract/schema/finding.ts';
import { decodeTrace } from '#core/build/decode-trace.ts';
import { statusResponse } from '#core/build/grpc-messages.ts';
import { toFinding } from '#core/build/to-finding.ts';

/** A warning as it crosses the wire: base64 of a StatusResponse. */
function findingFrom(warning: { short: string; url?: string; lines?: number[] }) {
  const { short, url = '', lines = [] } = warning;
  const message = { short: Buffer.from(short), url, ranges: lines.map((line) => ({ start: { line } })) };
  const aux = Buffer.from(statusResponse.encode({ warnings: [message] }).finish()).toString('base64');
  const [decoded] = decodeTrace(aux).warnings;
  return decoded && toFinding(decoded, 'web/Dockerfile');
}

it('reads the rule, the lines and the page of a warning, and keeps its text', () => {
  const short = "FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 1)";
  const url = 'https://docs.docker.com/go/dockerfile/rule/from-as-casing/';
  const finding = findingFrom({ short, url, lines: [1] });
  expect(finding).toEqual({
    ruleId: 'FromAsCasing',
    data: {},
    severity: 'warning',
    source: 'buildkit',
    file: 'web/Dockerfile',
    range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
    url,
    detail: short,
    fix: null
  });
  expect(findingSchema.parse(finding)).toEqual(finding);
});

it.each([
  [[3, 4, 5], 2, 5],
  [[7], 6, 7],
  [[5, 2], 4, 5]
])('makes one range of the lines %j', (lines, start, end) => {
  expect(findingFrom({ short: 'x', lines })?.range).toEqual({
    start: { line: start, character: 0 },
    end: { line: end, character: 0 }
  });
});

it.each([[[]], [[0]]])('has no range for the lines %j', (lines) => {
  expect(findingFrom({ short: 'x', lines })?.range).toBeNull();
});

it('leaves a warning of an older BuildKit unnamed', () => {
  const short = 'Empty continuation line found in: RUN make';
  expect(findingFrom({ short })).toMatchObject({ ruleId: 'unnamed', detail: short });
});

it('keeps no address but https', () => {
  expect(findingFrom({ short: 'x', url: 'javascript:alert(1)' })?.url).toBeNull();
});
