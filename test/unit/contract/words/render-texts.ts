import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import ts from 'typescript';
import { z } from 'zod';
import { appErrorSchema, type AppErrorData } from '#contract/schema/error.ts';
import { errorReasonSchema, type ErrorReason } from '#contract/schema/error-reason.ts';
import { words } from '#contract/words/words.ts';

/** A text of the catalog with the keys that lead to it, such as "files.fileCount". */
export interface RenderedText {
  readonly path: string;
  readonly text: string;
}

const folder = resolve(import.meta.dirname, '../../../../electron/contract/words/en');

const samples: Record<string, readonly unknown[]> = {
  number: [0, 1, 2, 12_345],
  string: ['sample'],
  AwaitedJobKind: Object.keys(words.app.running),
  RemovedCounts: [
    { images: 1, tags: 0 },
    { images: 2, tags: 1 }
  ],
  'number | null': [3, null],
  'string | null': ['sample', null],
  'string | undefined': ['sample', undefined],
  'readonly string[]': [['one'], ['one', 'two']],
  "Finding['data']": [{ feature: 'pattern', reader: 'Docker 24.0', since: '26.0' }],
  'keyof typeof languages': ['python', 'unknown']
};

/** Every text of the catalog. Functions are called with samples of each parameter; throws for a type without any. */
export function renderTexts(): RenderedText[] {
  const { errors, reasons, cli, ...others } = words;
  const { nextSteps, ...otherCli } = cli;
  return [
    ...renderObject({ ...others, cli: otherCli }, [], readSignatures()),
    ...renderErrors(errors, nextSteps),
    ...renderReasons(reasons)
  ];
}

function renderObject(texts: object, path: readonly string[], signatures: Signatures): RenderedText[] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) => {
    const keys = [...path, key];
    if (typeof value === 'string') return [{ path: keys.join('.'), text: value }];
    if (typeof value === 'function') return callWithSamples(value as TextFunction, keys.join('.'), signatures);
    return renderObject(value as object, keys, signatures);
  });
}

type TextFunction = (...values: readonly unknown[]) => string;

function callWithSamples(call: TextFunction, path: string, signatures: Signatures): RenderedText[] {
  const types = signatures.get(path);
  if (types === undefined) throw new Error(`No signature found for ${path}`);
  const lists = types.map((type) => {
    const list = samples[type];
    if (list === undefined) throw new Error(`No sample for the type ${type} of ${path}`);
    return list;
  });
  return combine(lists).map((values) => ({ path, text: call(...values) }));
}

function combine(lists: readonly (readonly unknown[])[]): readonly unknown[][] {
  return lists.reduce<unknown[][]>((all, list) => all.flatMap((start) => list.map((value) => [...start, value])), [[]]);
}

/** Errors with all of their fields, and with the required ones only. */
function renderErrors(errors: typeof words.errors, nextSteps: typeof words.cli.nextSteps): RenderedText[] {
  return appErrorSchema.options.flatMap((option) => {
    const { properties = {}, required = [] } = z.toJSONSchema(option);
    const full = Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, sampleOf(field)]));
    const least = Object.fromEntries(Object.entries(full).filter(([key]) => required.includes(key)));
    const code = option.shape.code.value;
    const { title, next } = errors[code] as Record<'title' | 'next', (error: AppErrorData) => string>;
    const nextInTerminal = (nextSteps[code] ?? next) as (error: AppErrorData) => string;
    return [full, least].flatMap((fields) => {
      const error = appErrorSchema.parse(fields);
      const texts = [title(error), next(error), nextInTerminal(error)];
      return texts.filter((text) => text !== '').map((text) => ({ path: `errors.${code}`, text }));
    });
  });
}

function renderReasons(reasons: typeof words.reasons): RenderedText[] {
  return errorReasonSchema.options.map((option) => {
    const { properties = {} } = z.toJSONSchema(option);
    const fields = Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, sampleOf(field)]));
    const reason = option.shape.reason.value;
    const describe = reasons[reason] as (values: ErrorReason) => string;
    return { path: `reasons.${reason}`, text: describe(errorReasonSchema.parse(fields)) };
  });
}

function sampleOf(field: unknown): unknown {
  const {
    const: literal,
    enum: values,
    type,
    anyOf
  } = z
    .object({
      const: z.string(),
      enum: z.array(z.string()),
      type: z.union([z.string(), z.array(z.string())]).transform((types) => [types].flat()[0]),
      anyOf: z.array(z.unknown())
    })
    .partial()
    .parse(field);
  if (anyOf !== undefined) return sampleOf(anyOf[0]);
  if (literal !== undefined) return literal;
  if (values !== undefined) return values[0];
  if (type === 'array') return ['one', 'two'];
  return type === 'string' ? 'sample' : type === 'boolean' ? true : 12_345;
}

/** The types of the parameters of each function, by the keys that lead to it. */
type Signatures = ReadonlyMap<string, readonly string[]>;

function readSignatures(): Signatures {
  const signatures = new Map<string, readonly string[]>();
  for (const file of readdirSync(folder)) {
    const source = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest);
    const constants = new Map<string, ts.Expression>();
    for (const statement of source.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (ts.isIdentifier(name) && initializer !== undefined) constants.set(name.text, initializer);
      }
    }
    const catalog = constants.get(basename(file, '.ts'));
    if (catalog !== undefined) collect(catalog, [basename(file, '.ts')], { signatures, constants, source });
  }
  return signatures;
}

interface Collection {
  readonly signatures: Map<string, readonly string[]>;
  /** Values of the file by name: a text may refer to one. */
  readonly constants: ReadonlyMap<string, ts.Expression>;
  readonly source: ts.SourceFile;
}

function collect(expression: ts.Expression, path: readonly string[], collection: Collection): void {
  const { constants, signatures, source } = collection;
  if (ts.isIdentifier(expression)) {
    const value = constants.get(expression.text);
    if (value !== undefined) collect(value, path, collection);
  } else if (ts.isArrowFunction(expression)) {
    const types = expression.parameters.map(({ type }) => type?.getText(source) ?? 'unknown');
    signatures.set(path.join('.'), types);
  } else if (ts.isObjectLiteralExpression(expression)) {
    for (const property of expression.properties) {
      if (ts.isShorthandPropertyAssignment(property)) {
        collect(property.name, [...path, property.name.text], collection);
      } else if (ts.isPropertyAssignment(property)) {
        const key = ts.isIdentifier(property.name) || ts.isStringLiteral(property.name) ? property.name.text : '';
        collect(property.initializer, [...path, key], collection);
      }
    }
  }
}
