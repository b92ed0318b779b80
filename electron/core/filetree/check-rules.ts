import { parse } from 'yaml';
import type { ErrorDetail } from '#contract/schema/error-reason.ts';
import { z } from 'zod';
import type { AnalysisReport, RuleResult } from '#contract/schema/analysis.ts';
import { AppError } from '../util/app-error.ts';
import { parseByteSize } from './parse-byte-size.ts';

/** dive's three rules; null disables one. */
export interface Rules {
  lowestEfficiency: number | null;
  highestWastedBytes: number | null;
  highestUserWastedPercent: number | null;
}

/** dive's defaults for values that its file does not set. */
export const defaultRules: Rules = {
  lowestEfficiency: 0.9,
  highestWastedBytes: null,
  highestUserWastedPercent: 0.1
};

export const RULES_FILE = '.dive-ci';
/** Larger files are rejected. */
export const rulesFileBytes = 10_000;

const value = z.union([z.number(), z.string()]).nullish();
const fileSchema = z.object({ rules: z.record(z.string(), value).nullish() }).nullable();

/**
 * Parses a `.dive-ci`; names with dashes, as newer versions of dive write them, are equivalent. Throws rules-invalid.
 */
export function parseRules(text: string): Rules {
  const invalid = (detail: ErrorDetail): AppError => new AppError('rules-invalid', { file: RULES_FILE, detail });
  if (text.length > rulesFileBytes) throw invalid({ reason: 'too-large' });
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw invalid(error instanceof Error ? error.message.slice(0, 500) : { reason: 'invalid-yaml' });
  }
  const parsed = fileSchema.safeParse(document ?? null);
  if (!parsed.success) throw invalid({ reason: 'rules-missing' });
  const values = parsed.data?.rules ?? {};
  const read = (name: keyof Rules, toNumber: (text: string) => number): number | null => {
    const dashed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const found = values[name] ?? values[dashed];
    if (found === undefined || found === null || found === '') return defaultRules[name];
    if (String(found) === 'disabled') return null;
    const number = toNumber(String(found));
    if (Number.isNaN(number))
      throw invalid({ reason: 'rule-value-invalid', rule: name, value: String(found).slice(0, 100) });
    return number;
  };
  return {
    lowestEfficiency: read('lowestEfficiency', toFraction),
    highestWastedBytes: read('highestWastedBytes', parseByteSize),
    highestUserWastedPercent: read('highestUserWastedPercent', toFraction)
  };
}

/** The results of the rules for an image. The "percent" is a fraction, as in dive. */
export function checkRules(
  rules: Rules,
  image: Pick<AnalysisReport, 'efficiency' | 'wastedBytes' | 'wastedUserFraction'>
): RuleResult[] {
  const result = (
    rule: RuleResult['rule'],
    threshold: number | null,
    actual: number,
    fails: (limit: number) => boolean
  ): RuleResult => ({
    rule,
    threshold,
    actual,
    outcome: threshold === null ? 'disabled' : fails(threshold) ? 'failed' : 'passed'
  });
  const { efficiency, wastedBytes, wastedUserFraction } = image;
  return [
    result('lowestEfficiency', rules.lowestEfficiency, efficiency, (limit) => efficiency < limit),
    result('highestWastedBytes', rules.highestWastedBytes, wastedBytes, (limit) => wastedBytes > limit),
    result('highestUserWastedPercent', rules.highestUserWastedPercent, wastedUserFraction, (limit) => {
      return wastedUserFraction > limit;
    })
  ];
}

function toFraction(text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return number >= 0 && number <= 1 ? number : Number.NaN;
}
