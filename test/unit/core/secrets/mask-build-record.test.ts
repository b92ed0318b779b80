import { describe, expect, test } from 'vitest';
import { buildRecordSchema, type BuildRecord, type BuildStep } from '#contract/schema/build.ts';
import { maskBuildRecord } from '#core/secrets/mask-build-record.ts';
import { mask } from '#core/secrets/mask-secrets.ts';
import { buildRecordOf } from '../store/build-record-of.ts';

const dockerfileText = [
  '# escape=\\',
  'FROM alpine',
  'ARG API_TOKEN',
  'RUN curl -H "X: $API_TOKEN" \\',
  '  https://x',
  'ARG URL',
  'RUN get $URL',
  'COPY x /y'
].join('\n');

function recordOf(buildArgs: Record<string, string>, changes: Partial<BuildRecord> = {}): BuildRecord {
  const options = { tag: 'a:1', buildArgs, target: null, noCache: false, pull: false };
  return buildRecordOf('b1', { dockerfileText, options, ...changes });
}

const stepOf = (name: string, line: number | null, error: string | null = null): BuildStep => ({
  id: 'step-1',
  name,
  instruction: line !== null,
  stage: null,
  line,
  status: 'done',
  startedAt: null,
  completedAt: null,
  error,
  progress: null
});

describe('a build record', () => {
  test('without a secret is unchanged', () => {
    const record = recordOf(
      { VERSION: '1.2', AUTHOR: 'alice', MAX_TOKENS: '4096', TOKENIZERS_PARALLELISM: 'false' },
      { steps: [stepOf('RUN get https://x/1.2', 7), stepOf('COPY x /y', 8), stepOf('exporting to image', null)] }
    );
    expect(maskBuildRecord(record)).toEqual(record);
  });

  test('keeps the names of secret build arguments and no value', () => {
    const secret = {
      DB_PWD: 'm4rk-1',
      PASSPHRASE: 'm4rk-2',
      ACCESS_KEY: 'm4rk-3',
      SIGNING_KEY: 'm4rk-4',
      ENCRYPTION_KEY: 'm4rk-5',
      LICENSE_KEY: 'm4rk-6',
      'api-key': 'm4rk-7',
      ANYTHING: `ghp_m4rk${'a'.repeat(36)}`,
      DATABASE: 'postgres://app:m4rk-8@db/app',
      KEY_FILE: '-----BEGIN PRIVATE KEY-----\nm4rk-9\n-----END PRIVATE KEY-----'
    };
    const masked = maskBuildRecord(recordOf({ ...secret, VERSION: '1.2' }));
    expect(JSON.stringify(masked)).not.toContain('m4rk');
    expect(masked.hiddenBuildArgs).toEqual(Object.keys(secret));
    expect(masked.options.buildArgs).toEqual({
      ...Object.fromEntries(Object.keys(secret).map((name) => [name, ''])),
      VERSION: '1.2'
    });
    expect(buildRecordSchema.parse(masked)).toEqual(masked);
  });

  test('contains no secret that BuildKit inserted into steps and errors', () => {
    const token = 'm4rk"t0k\\en';
    const steps = [
      stepOf(`RUN curl -H "X: ${token}" https://x`, 4, `process "/bin/sh -c ${JSON.stringify(token)}" failed`),
      stepOf('RUN get https://u:m4rk@x', 7),
      stepOf(`COPY x /${token}`, 8),
      stepOf(`transferring ${token}`, null)
    ];
    const error = { code: 'build-failed' as const, detail: `failed to process ${token}` };
    const masked = maskBuildRecord(recordOf({ API_TOKEN: token, URL: 'https://u:m4rk@x' }, { steps, error }));
    expect(JSON.stringify(masked)).not.toMatch(/m4rk|t0k/);
    expect(masked.steps.map(({ name }) => name)).toEqual([
      'RUN curl -H "X: $API_TOKEN" https://x',
      'RUN get $URL',
      `COPY x /${mask}`,
      `transferring ${mask}`
    ]);
    expect(masked.error).toEqual({ code: 'build-failed', detail: `failed to process ${mask}` });
  });

  test("contains no secret in the builder's warnings", () => {
    const finding = {
      ruleId: 'InvalidBaseImagePlatform',
      data: { image: 'registry/m4rk-t0ken', line: 3 },
      severity: 'warning' as const,
      source: 'buildkit' as const,
      file: 'Dockerfile',
      range: null,
      url: 'https://docs.docker.com/go/dockerfile/rule/x/',
      detail: 'Base image registry/m4rk-t0ken was pulled',
      fix: null
    };
    const masked = maskBuildRecord(recordOf({ API_TOKEN: 'm4rk-t0ken' }, { findings: [finding] }));
    expect(masked.findings).toEqual([
      { ...finding, data: { image: `registry/${mask}`, line: 3 }, detail: `Base image registry/${mask} was pulled` }
    ]);
    expect(buildRecordSchema.parse(masked)).toEqual(masked);
  });

  test('of an earlier version, which stored no value, loses it from steps and errors too', () => {
    const steps = [stepOf('RUN curl -H "X: m4rk" https://x', 4), stepOf('RUN export PASSWORD=m4rk', null)];
    const error = {
      code: 'build-step-failed' as const,
      instruction: 'RUN curl -H "X: m4rk" https://x',
      line: 4,
      exitCode: 1,
      lastLines: []
    };
    const masked = maskBuildRecord(recordOf({ API_TOKEN: '' }, { steps, error, outcome: 'failed' }));
    expect(JSON.stringify(masked)).not.toContain('m4rk');
    expect(masked.hiddenBuildArgs).toEqual(['API_TOKEN']);
    expect(masked.error).toMatchObject({ instruction: 'RUN curl -H "X: $API_TOKEN" https://x', line: 4, exitCode: 1 });
  });

  test('that was masked is unchanged, and can be read again', () => {
    const error = { code: 'registry-denied' as const, host: 'x', repository: 'push', action: 'push' as const };
    const steps = [stepOf('RUN curl -H "X: m4rk" https://x', 4)];
    const masked = maskBuildRecord(
      recordOf({ API_TOKEN: 'm4rk', PASSWORD: 'push', X: 'glpat-' + 'a'.repeat(20) }, { error, steps })
    );
    expect(masked.error).toEqual({ ...error, repository: mask });
    expect(maskBuildRecord(masked)).toEqual(masked);
    expect(buildRecordSchema.parse(JSON.parse(JSON.stringify(masked)))).toEqual(masked);
  });

  test('supports an error of the maximum length', () => {
    const error = { code: 'build-failed' as const, detail: 'PASS=x '.repeat(570) };
    const masked = maskBuildRecord(recordOf({}, { error }));
    expect(buildRecordSchema.parse(masked).error).toEqual(masked.error);
  });

  test('keeps the reported step if the Dockerfile has another instruction at its line', () => {
    const steps = [stepOf('RUN make', 8), stepOf('RUN make', 900), stepOf('COPY x /y', 4)];
    expect(maskBuildRecord(recordOf({ API_TOKEN: 'm4rk' }, { steps })).steps).toEqual(steps);
  });

  test("joins lines by the Dockerfile's escape directive", () => {
    const text = '# escape=`\nFROM x\nRUN a `\n  $PASSWORD\n';
    const masked = maskBuildRecord(recordOf({}, { dockerfileText: text, steps: [stepOf('RUN a   m4rk', 3)] }));
    expect(masked.steps[0]?.name).toBe('RUN a $PASSWORD');
  });
});
