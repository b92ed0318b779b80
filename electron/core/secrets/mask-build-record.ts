import type { BuildRecord } from '#contract/schema/build.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { Finding } from '#contract/schema/finding.ts';
import { splitInstructions } from '#dockerfile/parse/split-instructions.ts';
import { isSecretName } from './is-secret-name.ts';
import { maskKnownSecrets, maskSecretsInText, maskSetting } from './mask-secrets.ts';

/** Max characters of an error's field. */
const fieldLimit = 4000;

/**
 * Removes the secrets from a build record before it is saved: the values of secret build arguments are omitted and
 * listed
 * in `hiddenBuildArgs`, and the text of steps, findings and errors is masked. Instructions that use a secret variable
 * are
 * saved as written in the Dockerfile, since BuildKit reports them with the value inserted. The Dockerfile itself is the
 * project's own file and is saved unchanged.
 */
export function maskBuildRecord(record: BuildRecord): BuildRecord {
  const { options, dockerfileText, hiddenBuildArgs } = record;
  const given = Object.entries(options.buildArgs);
  const secret = given.filter(([name, value]) => maskSetting(name, value) !== value);
  const unknown = given.filter(([name, value]) => value === '' && isSecretName(name));
  const hidden = new Set([...hiddenBuildArgs, ...[...secret, ...unknown].map(([name]) => name)]);
  const values = secret.map(([, value]) => value);
  const maskText = (text: string): string => maskSecretsInText(maskKnownSecrets(text, values));
  const instructions = dockerfileText.includes('$') ? splitInstructions(dockerfileText).instructions : [];
  const writtenAt = new Map(instructions.map(({ line, text }) => [line, text.replace(/\s+/g, ' ')]));
  const maskInstruction = (text: string, line: number | null): string =>
    maskText(line === null ? text : (readUsing(writtenAt.get(line), text, hidden) ?? text));
  return {
    ...record,
    options: {
      ...options,
      buildArgs: Object.fromEntries(given.map(([name, value]) => [name, hidden.has(name) ? '' : value]))
    },
    hiddenBuildArgs: [...hidden],
    error: record.error && maskError(record.error, maskText, maskInstruction),
    steps: record.steps.map((step) => ({
      ...step,
      name: maskInstruction(step.name, step.instruction ? step.line : null),
      error: step.error && maskText(step.error)
    })),
    findings: record.findings.map((finding) => maskFinding(finding, maskText))
  };
}

function maskFinding(finding: Finding, maskText: (text: string) => string): Finding {
  const data = Object.entries(finding.data).map(([name, value]) => [
    name,
    typeof value === 'string' ? maskText(value) : value
  ]);
  return {
    ...finding,
    data: Object.fromEntries(data) as Finding['data'],
    detail: finding.detail && maskText(finding.detail)
  };
}

/** Codes and enum values are the contract's own. */
const ownFields = new Set(['code', 'action', 'reason']);

function maskError(
  error: AppErrorData,
  maskText: (text: string) => string,
  maskInstruction: (text: string, line: number | null) => string
): AppErrorData {
  const masked = maskFields(error, maskText);
  if (error.code !== 'build-step-failed' || masked.code !== 'build-step-failed') return masked;
  return {
    ...masked,
    instruction: maskInstruction(error.instruction, error.line ?? null),
    lastLines: error.lastLines.map(maskText)
  };
}

/** Every text of the object and of the objects in it. */
function maskFields<T extends object>(fields: T, maskText: (text: string) => string): T {
  const masked = Object.entries(fields).map(([field, value]: [string, unknown]) => {
    if (typeof value === 'string' && !ownFields.has(field)) return [field, maskText(value).slice(0, fieldLimit)];
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value);
    return [field, isNested ? maskFields(value, maskText) : value];
  });
  return Object.fromEntries(masked) as T;
}

/** The instruction as it is written, if it is the one reported and uses a secret variable; else null. */
function readUsing(written: string | undefined, reported: string, hidden: ReadonlySet<string>): string | null {
  const keywordOf = (text: string): string => (/^\w+/.exec(text)?.[0] ?? '').toUpperCase();
  if (written === undefined || keywordOf(written) === '' || keywordOf(written) !== keywordOf(reported)) return null;
  const variables = [...written.matchAll(/\$\{?([A-Za-z_]\w{0,127})/g)].map(([, name = '']) => name);
  return variables.some((name) => hidden.has(name) || isSecretName(name)) ? written : null;
}
