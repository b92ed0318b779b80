import { expect, it } from 'vitest';
import { describeFinding } from '#contract/format/describe-finding.ts';
import { findingOf } from '../finding-of.ts';

it('titles a finding by the words of its rule and keeps the detail', () => {
  expect(describeFinding(findingOf('UndefinedVar', { detail: "UndefinedVar: '$X'" }))).toEqual({
    title: 'Undefined variable',
    detail: "UndefinedVar: '$X'"
  });
});

it.each([
  ['a rule of a newer BuildKit', findingOf('RuleOfTomorrow', { detail: 'RuleOfTomorrow: no' }), 'RuleOfTomorrow: no'],
  ['the name of an object property', findingOf('constructor', { detail: 'constructor: no' }), 'constructor: no'],
  ['a rule without words and detail', findingOf('RuleOfTomorrow', { detail: null }), 'RuleOfTomorrow']
])('titles %s by the available text', (_what, finding, title) => {
  expect(describeFinding(finding)).toEqual({ title, detail: null });
});
