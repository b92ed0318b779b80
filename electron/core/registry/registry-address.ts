/** localhost, 127.0.0.0/8 and [::1], with or without a port: like engines, we treat these as insecure registries. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(host);
}

/** The web page of a repository; null for hosts without one. */
export function repositoryPage(host: string, path: string): string | null {
  if (host === 'docker.io') {
    return path.startsWith('library/')
      ? `https://hub.docker.com/_/${path.slice('library/'.length)}`
      : `https://hub.docker.com/r/${path}`;
  }
  if (host === 'quay.io') return `https://quay.io/repository/${path}`;
  return host === 'ghcr.io' ? `https://ghcr.io/${path}` : null;
}

/** An absolute http(s) URL without a user; null for anything else. `base` resolves a relative one. */
export function readWebUrl(text: string, base?: URL | string): URL | null {
  try {
    const url = new URL(text, base);
    const plain = /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
    return plain ? url : null;
  } catch {
    return null;
  }
}
