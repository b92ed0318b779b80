import { AppError } from '#core/util/app-error.ts';

/** Hosts whose pages may be opened in the system's browser: image registries, token settings and documentation. */
const linkHosts = new Set([
  'hub.docker.com',
  'app.docker.com',
  'docs.docker.com',
  'github.com',
  'ghcr.io',
  'quay.io',
  'podman.io',
  'podman-desktop.io',
  'rancherdesktop.io'
]);

/** The parsed URL to open; throws link-refused for anything that is not https on an allowed host. */
export function allowLink(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch (cause) {
    throw new AppError('link-refused', {}, { cause });
  }
  const plain = parsed.protocol === 'https:' && parsed.username === '' && parsed.password === '' && parsed.port === '';
  if (!plain || !linkHosts.has(parsed.hostname)) throw new AppError('link-refused', {});
  return parsed.href;
}
