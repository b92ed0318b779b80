import { z } from 'zod';

const count = z.number();
const text = z.string().max(1000);
const reason = <const R extends string, const F extends z.ZodRawShape>(name: R, fields: F) =>
  z.object({ reason: z.literal(name), ...fields });

/** Why something failed, by Slipway's own judgment: a code with its values. The words are in words/en/reasons.ts. */
export const errorReasonSchema = z.discriminatedUnion('reason', [
  // Files and folders
  reason('not-a-file', {}),
  reason('not-a-folder', {}),
  reason('not-a-project-file', {}),
  reason('outside-project', {}),
  reason('too-large', {}),
  reason('permission-denied', {}),
  reason('changed-while-reading', {}),
  reason('name-not-utf8', {}),
  reason('pattern-invalid', {}),
  reason('folder-of-another-user', { path: text }),
  reason('no-such-file', {}),
  // Documents
  reason('invalid-json', {}),
  reason('invalid-yaml', {}),
  reason('unexpected-format', { fields: text }),
  reason('line-too-long', { limitBytes: count }),
  reason('answer-too-long', { limitBytes: count }),
  reason('rules-missing', {}),
  reason('rule-value-invalid', { rule: text, value: text }),
  // Connections
  reason('no-answer', { seconds: count }),
  reason('connection-closed', {}),
  reason('answer-cut-short', {}),
  reason('protocol-unexpected', {}),
  reason('not-docker-api', { fields: text }),
  reason('api-too-new', { oldest: text, newestSupported: text }),
  reason('docker-host-invalid', {}),
  reason('context-missing', { context: text }),
  reason('context-invalid', { context: text }),
  // Programs; `log` is the end of what one printed
  reason('podman-not-installed', {}),
  reason('dockerd-not-installed', {}),
  reason('program-exited', { program: text }),
  reason('program-not-ready', { seconds: count, log: z.string().max(4000) }),
  reason('helper-name-invalid', {}),
  reason('helper-not-started', {}),
  reason('helper-output-too-long', {}),
  reason('helper-failed', { exitCode: count.nullable() }),
  // Keyrings
  reason('session-bus-missing', {}),
  reason('secret-service-missing', {}),
  reason('keyring-locked', {}),
  reason('libsecret-missing', {}),
  reason('keyring-busy', {}),
  reason('keyring-timeout', { seconds: count }),
  reason('keyring-unreliable', {}),
  reason('unknown', {}),
  // Builds and pushes
  reason('unknown-instruction', { instruction: text }),
  reason('trace-invalid', {}),
  reason('no-image-built', {}),
  reason('push-without-digest', {}),
  // Image archives
  reason('not-a-tar', {}),
  reason('no-image-documents', {}),
  reason('artifacts-only', {}),
  reason('container-export', {}),
  reason('digest-invalid', {}),
  reason('not-a-layer', {}),
  reason('not-a-document', {}),
  reason('layer-counts-differ', { config: count, manifest: count }),
  reason('layer-unknown', {}),
  reason('hard-link-loop', {}),
  reason('export-cut-short', {}),
  reason('tar-cut-short', {}),
  reason('tar-data-after-end', {}),
  reason('tar-checksum-wrong', {}),
  reason('tar-pax-invalid', {}),
  reason('tar-size-invalid', {}),
  reason('tar-name-invalid', {}),
  reason('tar-path-outside', {}),
  reason('data-after-compressed', {}),
  reason('compressed-cut-short', {}),
  reason('zstd-frame-invalid', {}),
  reason('zstd-too-many-blocks', {}),
  reason('xz-invalid', {}),
  reason('bzip2-invalid', {}),
  // Registries
  reason('host-invalid', {}),
  reason('digest-unsupported', {}),
  reason('digest-differs', {}),
  reason('size-differs', {}),
  reason('authentication-unsupported', {}),
  reason('token-server-untrusted', {}),
  reason('token-missing', {}),
  reason('not-an-image', {}),
  reason('index-empty', {}),
  reason('redirect-loop', {}),
  reason('redirect-invalid', {}),
  reason('redirect-with-secret', {}),
  reason('redirect-unencrypted', { host: text }),
  reason('redirect-elsewhere', { host: text })
]);

export type ErrorReason = z.infer<typeof errorReasonSchema>;

/** What is known beyond an error's code: the text of another program, or Slipway's own reason. Empty for nothing. */
export const errorDetailSchema = z.union([z.string().max(4000), errorReasonSchema]);
export type ErrorDetail = z.infer<typeof errorDetailSchema>;
