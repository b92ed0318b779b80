import { z } from 'zod';
import { archiveLimitNames } from '../domain/archive-limit-names.ts';
import { unsupportedFormats } from '../domain/unsupported-formats.ts';
import { errorDetailSchema as detail } from './error-reason.ts';

/**
 * What can go wrong, as it crosses the boundary: a union on `code` with typed fields and no words.
 * The words and the next step of each code are in words/en/errors.ts. No field ever contains
 * a secret, a stack, a header, or a URL with a query. `detail` is shown on request.
 */
const host = z.string().max(300);
/** The image that a build could not pull, as the Dockerfile names it, and the 1-based line of its name. */
const pulled = {
  reference: z.string().max(2000).optional(),
  line: z.number().int().optional(),
  /** It is the front end that the syntax directive names. */
  isSyntax: z.boolean().optional()
};
/** The registry's own message, as far as it gave one. */
const said = { detail: detail.optional() };

export const appErrorSchema = z.discriminatedUnion('code', [
  // The engine
  z.object({ code: z.literal('engine-none') }),
  z.object({ code: z.literal('engine-unreachable'), engine: z.string(), detail }),
  /** It is remote and not the selected one: it is contacted only if it is selected. */
  z.object({ code: z.literal('engine-not-selected'), engine: z.string(), engineId: z.string() }),
  z.object({ code: z.literal('engine-permission'), engine: z.string(), socketPath: z.string() }),
  z.object({ code: z.literal('engine-lost'), engine: z.string() }),
  z.object({ code: z.literal('engine-too-old'), engine: z.string(), apiVersion: z.string() }),
  z.object({ code: z.literal('engine-start-failed'), program: z.string(), detail }),
  z.object({ code: z.literal('engine-disk-full') }),
  z.object({ code: z.literal('engine-failed'), status: z.number().int().optional(), detail }),
  // The project and its files
  z.object({ code: z.literal('project-unknown') }),
  z.object({ code: z.literal('project-vanished'), name: z.string() }),
  z.object({ code: z.literal('project-unreadable'), name: z.string(), detail }),
  z.object({ code: z.literal('folder-loops'), path: z.string() }),
  z.object({ code: z.literal('folder-too-large'), limitFiles: z.number().int() }),
  z.object({ code: z.literal('file-missing'), file: z.string() }),
  z.object({ code: z.literal('file-exists'), file: z.string() }),
  z.object({ code: z.literal('file-changed'), file: z.string() }),
  z.object({ code: z.literal('file-unwritable'), file: z.string(), detail }),
  z.object({ code: z.literal('file-unreadable'), file: z.string(), detail }),
  z.object({ code: z.literal('file-not-text'), file: z.string() }),
  z.object({ code: z.literal('file-too-large'), file: z.string(), limitBytes: z.number().int() }),
  // The build
  z.object({ code: z.literal('dockerfile-syntax'), line: z.number().int().optional(), detail }),
  z.object({
    code: z.literal('build-step-failed'),
    instruction: z.string(),
    line: z.number().int().optional(),
    exitCode: z.number().int().optional(),
    lastLines: z.array(z.string()).max(50)
  }),
  z.object({ code: z.literal('build-file-not-found'), path: z.string(), line: z.number().int().optional() }),
  z.object({
    code: z.literal('base-not-found'),
    reference: z.string(),
    line: z.number().int().optional(),
    isSyntax: z.boolean().optional(),
    ...said,
    /** The registry, where the image may be there for those who sign in: it says so, and no login was sent. */
    host: host.optional()
  }),
  z.object({ code: z.literal('context-file-changed'), file: z.string() }),
  z.object({ code: z.literal('build-target-unknown'), target: z.string() }),
  z.object({ code: z.literal('build-failed'), line: z.number().int().optional(), detail }),
  // References, images
  z.object({ code: z.literal('reference-invalid'), reference: z.string(), reason: z.string() }),
  z.object({ code: z.literal('image-not-found'), reference: z.string() }),
  z.object({ code: z.literal('image-in-use'), reference: z.string(), detail }),
  // Image archives: files, folders, and what an engine exports
  z.object({ code: z.literal('archive-unreadable'), archive: z.string(), detail }),
  z.object({ code: z.literal('archive-not-an-image'), archive: z.string(), detail }),
  /** `entry` is the archive, or a file in it, that is in a format which is not read here. */
  z.object({
    code: z.literal('archive-unsupported'),
    entry: z.string().max(1000),
    format: z.enum(unsupportedFormats)
  }),
  z.object({ code: z.literal('archive-unwritable'), archive: z.string(), detail }),
  /** The engine did not take it. */
  z.object({ code: z.literal('archive-refused'), archive: z.string(), detail }),
  /** `entry` is the file of the archive, or the path inside a layer, at which reading ended. */
  z.object({ code: z.literal('archive-damaged'), entry: z.string().max(1000), detail }),
  z.object({ code: z.literal('archive-blob-missing'), digest: z.string() }),
  z.object({ code: z.literal('archive-digest-mismatch'), digest: z.string(), entry: z.string().max(1000) }),
  z.object({
    code: z.literal('archive-too-large'),
    entry: z.string().max(1000),
    limit: z.enum(archiveLimitNames),
    maximum: z.number()
  }),
  /** No entry of the layer has the path. */
  z.object({ code: z.literal('layer-file-missing'), path: z.string().max(1000) }),
  z.object({ code: z.literal('archive-image-unknown'), reference: z.string(), images: z.array(z.string()).max(50) }),
  z.object({ code: z.literal('platform-not-found'), platform: z.string(), platforms: z.array(z.string()).max(50) }),
  /** A `.dive-ci` that is no YAML, or whose rule has a value that is none. */
  z.object({ code: z.literal('rules-invalid'), file: z.string(), detail }),
  z.object({ code: z.literal('worker-died') }),
  /** The analysis was closed, or made room for others: it must be started again. */
  z.object({ code: z.literal('analysis-unknown') }),
  /** The archive was opened in an earlier session. */
  z.object({ code: z.literal('archive-unknown') }),
  // Registries and credentials
  z.object({ code: z.literal('registry-unreachable'), host, ...pulled, detail }),
  z.object({ code: z.literal('registry-certificate'), host, ...pulled, detail }),
  /** It speaks http, where the engine, which does not know it as insecure, requires https. */
  z.object({ code: z.literal('registry-plain-http'), host, ...pulled, detail }),
  z.object({ code: z.literal('registry-not-signed-in'), host, ...pulled, ...said }),
  z.object({ code: z.literal('registry-wrong-password'), host, ...pulled, ...said, needsToken: z.boolean() }),
  z.object({ code: z.literal('registry-login-expired'), host, ...pulled, ...said }),
  z.object({
    code: z.literal('registry-denied'),
    host,
    ...pulled,
    ...said,
    repository: z.string(),
    action: z.enum(['push', 'pull'])
  }),
  z.object({
    code: z.literal('registry-rate-limited'),
    host,
    ...pulled,
    ...said,
    retryAfterSeconds: z.number().optional()
  }),
  z.object({ code: z.literal('registry-disk-full'), host, ...said }),
  /** The account or project may store no more there. */
  z.object({ code: z.literal('registry-quota-exceeded'), host, ...said }),
  z.object({ code: z.literal('registry-tag-immutable'), host, repository: z.string(), tag: z.string(), ...said }),
  z.object({ code: z.literal('registry-failed'), host, ...pulled, status: z.number().int().optional(), detail }),
  z.object({ code: z.literal('credential-store-unavailable'), detail }),
  z.object({ code: z.literal('credential-helper-missing'), helper: z.string() }),
  z.object({ code: z.literal('credential-helper-failed'), helper: z.string(), detail }),
  z.object({ code: z.literal('docker-config-invalid'), path: z.string(), detail }),
  z.object({ code: z.literal('account-unknown') }),
  // The boundary
  z.object({ code: z.literal('job-unknown') }),
  z.object({
    code: z.literal('call-refused'),
    call: z.string(),
    reason: z.enum(['sender', 'unknown-call', 'bad-input'])
  }),
  z.object({ code: z.literal('link-refused') }),
  z.object({ code: z.literal('internal'), detail })
]);

export type AppErrorData = z.infer<typeof appErrorSchema>;
export type AppErrorCode = AppErrorData['code'];
