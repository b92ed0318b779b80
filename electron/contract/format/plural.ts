import { formatNumber } from './format-number.ts';
import { locale } from './locale.ts';

/** The forms of a phrase by the plural categories of the language; "#" stands for the count. */
type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

const rules = new Intl.PluralRules(locale);

/** The phrase in the plural form of the count: "1 file", "2 files", "12,345 files". */
export function plural(count: number, forms: PluralForms): string {
  const form = forms[rules.select(count)] ?? forms.other;
  return form.replaceAll('#', formatNumber(count));
}
