import { spawn } from 'node:child_process';
import type { ErrorDetail } from '#contract/schema/error-reason.ts';
import { z } from 'zod';
import { AppError } from '../util/app-error.ts';
import { errorCode } from '../util/error-code.ts';
import type { Login } from '../docker-config/login.ts';

export interface HelperOptions {
  /** Its PATH is searched for the program. */
  readonly env: NodeJS.ProcessEnv;
  readonly limitMs?: number;
}

const LIMIT_MS = 10_000;
const LIMIT_BYTES = 1024 * 1024;
const notFound = /credentials not found in native keychain/i;

const credentialSchema = z.object({ Username: z.string(), Secret: z.string() });
const listSchema = z.record(z.string(), z.string());

/**
 * The login that a docker-credential-NAME program has for a server; null if it has none.
 * https://github.com/docker/docker-credential-helpers
 * Throws credential-helper-missing, credential-helper-failed; neither contains the program's output.
 */
export async function getHelperLogin(helper: string, serverUrl: string, options: HelperOptions): Promise<Login | null> {
  const output = await runHelper(helper, 'get', serverUrl, options);
  if (output === null) return null;
  const { Username: username, Secret: secret } = readOutput(helper, credentialSchema, output);
  if (secret === '') return null;
  return username === '<token>' ? { identityToken: secret } : { username, secret };
}

/** The servers that a helper has logins for, with their user names. Throws like getHelperLogin. */
export async function listHelperLogins(helper: string, options: HelperOptions): Promise<Map<string, string>> {
  const output = await runHelper(helper, 'list', '', options);
  return new Map(output === null ? [] : Object.entries(readOutput(helper, listSchema, output)));
}

function runHelper(
  helper: string,
  action: 'get' | 'list',
  input: string,
  { env, limitMs = LIMIT_MS }: HelperOptions
): Promise<string | null> {
  // The name comes from the config file: reject paths, and characters that a Windows shell interprets.
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/.test(helper))
    return Promise.reject(failed(helper, { reason: 'helper-name-invalid' }));
  return new Promise((resolve, reject) => {
    const child = spawn(`docker-credential-${helper}`, [action], {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
      shell: false
    });
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    const end = (finish: () => void): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      child.stdout.destroy();
      finish();
    };
    const timer = setTimeout(() => {
      end(() => reject(failed(helper, { reason: 'no-answer', seconds: limitMs / 1000 })));
    }, limitMs);
    child.on('error', (error) => {
      const missing = errorCode(error) === 'ENOENT';
      end(() =>
        reject(
          missing
            ? new AppError('credential-helper-missing', { helper })
            : failed(helper, { reason: 'helper-not-started' })
        )
      );
    });
    child.stdout.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length;
      if (sizeBytes <= LIMIT_BYTES) chunks.push(chunk);
      else end(() => reject(failed(helper, { reason: 'helper-output-too-long' })));
    });
    // A helper may exit without reading its input.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('close', (status) => {
      const output = Buffer.concat(chunks).toString('utf8');
      end(() => {
        if (status === 0) resolve(output);
        else if (notFound.test(output)) resolve(null);
        else reject(failed(helper, { reason: 'helper-failed', exitCode: status }));
      });
    });
  });
}

function readOutput<T>(helper: string, schema: z.ZodType<T>, output: string): T {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    throw failed(helper, { reason: 'invalid-json' });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw failed(helper, { reason: 'unexpected-format', fields: '' });
  return parsed.data;
}

function failed(helper: string, detail: ErrorDetail): AppError {
  return new AppError('credential-helper-failed', { helper: helper.slice(0, 100), detail });
}
