import { toLatin } from './to-latin.ts';

/** A parsed image name. `domain` is the registry as written ("docker.io", "127.0.0.1:5000"), `path` the repository. */
export interface Reference {
  readonly domain: string;
  readonly path: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

/** Why a text is not a reference; the messages are in words/en/push.ts. */
export type ReferenceFault =
  | 'empty'
  | 'too-long'
  | 'space'
  | 'scheme'
  | 'uppercase'
  | 'image-id'
  | 'bad-domain'
  | 'bad-character'
  | 'bad-path'
  | 'bad-tag'
  | 'bad-digest';

export type ParsedReference =
  { readonly ok: true; readonly reference: Reference } | { readonly ok: false; readonly reason: ReferenceFault };

/** Maximum length of a repository path in characters, as in distribution/reference. */
const pathLimit = 255;
/** Nothing longer is valid: domain (255), path (255), tag (128), digest (7 + 128) and separators. */
const textLimit = 800;

const domainPattern =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const pathComponentPattern = /^[a-z0-9]+(?:(?:__|[._]|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const imageIdPattern = /^[a-f0-9]{64}$/;
const digestPattern = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;

const dockerHubHosts = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

const fault = (reason: ReferenceFault): ParsedReference => ({ ok: false, reason });

/**
 * Parses an image name by Docker's rules, like ParseNormalizedNamed: "alpine" is docker.io/library/alpine, and the
 * first component is a registry if it contains a dot, a colon or an upper-case letter, or is "localhost".
 * https://github.com/distribution/reference
 */
export function parseReference(text: string): ParsedReference {
  const early = findEarlyFault(text);
  if (early !== null) return fault(early);

  const at = text.indexOf('@');
  const digest = at < 0 ? null : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const { domain, rest } = splitDomain(named);
  const colon = rest.indexOf(':');
  const tag = colon < 0 ? null : rest.slice(colon + 1);
  const path = colon < 0 ? rest : rest.slice(0, colon);

  if (!domainPattern.test(domain)) return fault('bad-domain');
  const pathFault = findPathFault(path);
  if (pathFault !== null) return fault(pathFault);
  if (tag !== null && !tagPattern.test(tag)) return fault('bad-tag');
  if (digest !== null && !digestPattern.test(digest)) return fault('bad-digest');
  const official = domain === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  if (official.length > pathLimit) return fault('too-long');
  return { ok: true, reference: { domain, path: official, tag, digest } };
}

/** The fully qualified name: docker.io/library/alpine:3.20@sha256:… */
export function formatReference(reference: Reference): string {
  const tag = reference.tag === null ? '' : `:${reference.tag}`;
  const digest = reference.digest === null ? '' : `@${reference.digest}`;
  return `${reference.domain}/${reference.path}${tag}${digest}`;
}

/**
 * The short name: docker.io/library/alpine -> alpine, docker.io/ada/flask:1 -> ada/flask:1. Fully qualified if the
 * short form would name another image, as "localhost/x" for docker.io/localhost/x.
 */
export function familiarName(reference: Reference): string {
  const full = formatReference(reference);
  if (reference.domain !== 'docker.io') return full;
  const official = /^library\/[^/]+$/.test(reference.path);
  const short = full.slice(official ? 'docker.io/library/'.length : 'docker.io/'.length);
  const reparsed = parseReference(short);
  return reparsed.ok && formatReference(reparsed.reference) === full ? short : full;
}

/** User names that registries require with a token and that are not a namespace to push to (ECR, Google, Azure). */
const serviceUsernames = new Set(['AWS', '_json_key', '_json_key_base64', 'oauth2accesstoken', '<token>']);
const emptyGuid = '00000000-0000-0000-0000-000000000000';

/** The name offered for a first push: docker.io/USER/PROJECT:latest, cleaned up so that it always parses. */
export function defaultReference(from: { registry: string; username: string | null; projectName: string }): Reference {
  const { username } = from;
  const hasNamespace = username !== null && username !== emptyGuid && !serviceUsernames.has(username);
  const project = cleanPathComponent(from.projectName, 'image');
  const path = hasNamespace ? `${cleanPathComponent(username, 'user')}/${project}` : project;
  const domain = registryHost(from.registry);
  const official = domain === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  return { domain, path: official, tag: 'latest', digest: null };
}

/** Any text as one valid component of a repository path, at most 100 characters; `fallback` if nothing is left. */
export function cleanPathComponent(text: string, fallback: string): string {
  const cleaned = toLatin(text.normalize('NFC').toLowerCase())
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .slice(0, 1000)
    .replace(/-*[^a-z0-9._-][^a-z0-9._]*/g, '-')
    .replace(/[._-]{2,}/g, (run) => (run === '__' || /^-+$/.test(run) ? run : '-'))
    .slice(0, 100)
    .replace(/^[._-]+|[._-]+$/g, '');
  return cleaned === '' ? fallback : cleaned;
}

/**
 * The normalized form of a registry: lower-case host[:port] without scheme, user or path; every name of Docker Hub
 * (docker.io, registry-1.docker.io, https://index.docker.io/v1/) becomes "docker.io". Does not check that the host is
 * valid: see isRegistryHost.
 */
export function registryHost(text: string): string {
  const host = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/s, '')
    .toLowerCase();
  return dockerHubHosts.has(host) ? 'docker.io' : host;
}

/** Whether the text is a host that a reference can contain: "127.0.0.1:5000", "ghcr.io", "[::1]:5000". */
export function isRegistryHost(host: string): boolean {
  const port = Number(/:(\d+)$/.exec(host)?.[1] ?? 0);
  return host.length <= 255 && port <= 65_535 && domainPattern.test(host);
}

function findEarlyFault(text: string): ReferenceFault | null {
  if (text === '') return 'empty';
  if (text.length > textLimit) return 'too-long';
  if (/\s/.test(text)) return 'space';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return 'scheme';
  return imageIdPattern.test(text) ? 'image-id' : null;
}

function splitDomain(named: string): { domain: string; rest: string } {
  const slash = named.indexOf('/');
  const first = named.slice(0, Math.max(slash, 0));
  if (slash < 0 || !(first === 'localhost' || /[.:A-Z]/.test(first) || first === '')) {
    return { domain: 'docker.io', rest: named };
  }
  return { domain: first === 'index.docker.io' ? 'docker.io' : first, rest: named.slice(slash + 1) };
}

function findPathFault(path: string): ReferenceFault | null {
  if (path === '') return 'empty';
  if (/[A-Z]/.test(path)) return 'uppercase';
  if (/[^a-z0-9._/-]/.test(path)) return 'bad-character';
  return path.split('/').every((component) => pathComponentPattern.test(component)) ? null : 'bad-path';
}
