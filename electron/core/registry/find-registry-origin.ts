import { connect } from 'node:tls';
import { Cancelled } from '../util/app-error.ts';
import { isLoopback, readWebUrl } from './registry-address.ts';

/** Whether an engine is configured to use a registry without a trusted certificate, or without HTTPS. */
export type IsInsecure = (host: string) => Promise<boolean>;

export interface RegistryOrigin {
  readonly origin: string;
  /** Its certificate is not verified. */
  readonly anyCertificate: boolean;
}

/** A registry that waits for a line of text, as some servers without TLS do, would keep everything waiting. */
const PROBE_LIMIT_MS = 3000;

/**
 * The base URL of a registry's API. Like engines: https, and for a registry on this machine or one that `isInsecure` names
 * https with any certificate, else http. `host` as normalized by registryHost. Throws Cancelled.
 */
export async function findRegistryOrigin(
  host: string,
  isInsecure: IsInsecure,
  signal?: AbortSignal
): Promise<RegistryOrigin> {
  if (host === 'docker.io') return { origin: 'https://registry-1.docker.io', anyCertificate: false };
  if (!isLoopback(host) && !(await isInsecure(host))) return { origin: `https://${host}`, anyCertificate: false };
  const speaksTls = await probeTls(host, signal);
  if (signal?.aborted === true) throw new Cancelled();
  return speaksTls
    ? { origin: `https://${host}`, anyCertificate: true }
    : { origin: `http://${host}`, anyCertificate: false };
}

async function probeTls(host: string, signal: AbortSignal | undefined): Promise<boolean> {
  const url = readWebUrl(`https://${host}`);
  if (url === null || signal?.aborted === true) return false;
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host: name,
    port: url.port === '' ? 443 : Number(url.port),
    ...(/^[\d.:a-f]+$/i.test(name) ? {} : { servername: name }),
    rejectUnauthorized: false
  });
  const abort = (): void => void socket.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await new Promise<boolean>((resolve) => {
      socket.setTimeout(PROBE_LIMIT_MS, abort);
      socket.once('secureConnect', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
    });
  } finally {
    signal?.removeEventListener('abort', abort);
    socket.on('error', () => undefined);
    socket.destroy();
  }
}
