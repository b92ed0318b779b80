import { z } from 'zod';
import { hideLogin } from '../docker-config/hide-login.ts';
import type { Login } from '../docker-config/login.ts';
import { AppError, Cancelled } from '../util/app-error.ts';
import { errorCode } from '../util/error-code.ts';
import { cleanDetail } from '../util/clean-detail.ts';

/** A registry's complete response. */
export interface RegistryAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** The responding origin, after redirects. */
  readonly origin: string;
}

const certificateCode = /^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH)/;

/** Converts an error of fetch to an AppError. `timeLimitMs` is set if our own timeout ended the request. */
export function toNetworkError(thrown: unknown, host: string, timeLimitMs?: number): AppError | Cancelled {
  if (thrown instanceof AppError || thrown instanceof Cancelled) return thrown;
  if (timeLimitMs !== undefined) {
    return new AppError('registry-unreachable', { host, detail: { reason: 'no-answer', seconds: timeLimitMs / 1000 } });
  }
  const { code, message } = readCause(thrown);
  const detail = cleanDetail(code === '' || message.includes(code) ? message : `${message} (${code})`);
  if (certificateCode.test(code)) return new AppError('registry-certificate', { host, detail });
  return new AppError('registry-unreachable', { host, detail });
}

/** fetch hides the reason in `cause`, and if a name has several addresses, in its `errors`. */
function readCause(thrown: unknown): { code: string; message: string } {
  let error: unknown = thrown;
  for (let depth = 0; depth < 4 && error instanceof Error; depth += 1) {
    const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
    if (!(inner instanceof Error)) break;
    error = inner;
  }
  if (!(error instanceof Error)) return { code: '', message: 'The connection failed.' };
  return { code: errorCode(error), message: error.message === '' ? 'The connection failed.' : error.message };
}

const errorBodySchema = z.object({
  errors: z.array(z.object({ code: z.string().catch(''), message: z.string().catch('') })).optional(),
  details: z.string().optional(),
  message: z.string().optional(),
  error_description: z.string().optional()
});

/** The registry's or token server's own message; empty if it sent none. */
export function errorMessage(body: Buffer): string {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return '';
  }
  const parsed = errorBodySchema.safeParse(value);
  if (!parsed.success) return '';
  const { errors = [], details, message, error_description: description } = parsed.data;
  const first = errors[0] === undefined ? undefined : `${errors[0].code} ${errors[0].message}`.trim();
  return cleanDetail(first ?? details ?? message ?? description ?? '');
}

/** Converts a status that is neither success nor 401 to an error; `login` is what was sent to the registry. */
export function toResponseError(answer: RegistryAnswer, host: string, login: Login | null): AppError {
  const detail = hideLogin(errorMessage(answer.body), login);
  const said = detail === '' ? {} : { detail };
  if (answer.status === 429) {
    return new AppError('registry-rate-limited', { host, ...readRetryAfter(answer.headers), ...said });
  }
  if (answer.status === 507 || isOutOfSpace(answer.body)) return new AppError('registry-disk-full', { host, ...said });
  return new AppError('registry-failed', { host, status: answer.status, detail: detail || `HTTP ${answer.status}` });
}

/** The distribution registry reports its storage driver's error: errno 28 is ENOSPC, 122 EDQUOT. */
function isOutOfSpace(body: Buffer): boolean {
  return /"Err":\s*(?:28|122)\b|no space left on device|disk quota exceeded/i.test(body.toString('utf8'));
}

/** Retry-After is seconds or a date. RFC 9110, section 10.2.3. */
function readRetryAfter(headers: Headers): { retryAfterSeconds?: number } {
  const text = headers.get('retry-after') ?? '';
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterSeconds: seconds } : {};
}
