/** How to connect to an engine. A named pipe of Windows is a socket path too. */
export type EngineTarget =
  | { kind: 'socket'; socketPath: string }
  /** `basePath` precedes every path of the API, as behind a proxy. */
  | { kind: 'tcp'; host: string; port: number; basePath?: string; tls?: TlsFiles }
  | SshTarget;

/** An engine on another host. `socketPath` is its socket there; without one, the default of that host's docker. */
export interface SshTarget {
  kind: 'ssh';
  user: string | undefined;
  host: string;
  port: number | undefined;
  socketPath?: string;
}

/** The TLS files of an engine; each may be missing. */
export interface TlsFiles {
  /** A folder with ca.pem, cert.pem and key.pem. */
  directory: string;
  /** False accepts any certificate, as configured in docker's own settings. */
  verify: boolean;
}

/** The docker CLI's default for tcp://, with TLS too. */
const DEFAULT_PORT = 2375;
const HTTPS_PORT = 2376;
const DEFAULT_SOCKET = '/var/run/docker.sock';
const DEFAULT_PIPE = '//./pipe/docker_engine';

/**
 * Parses the value of DOCKER_HOST, CONTAINER_HOST or a context's Host: unix://, npipe://, tcp://, http(s)://, ssh://
 * and the bare host:port that Docker treats as tcp. Without an address, each stands for its default, as in the docker
 * CLI. Undefined for anything else, such as fd://, which only dockerd accepts.
 * See https://docs.docker.com/reference/cli/docker/#host and docker/cli's opts/hosts.go.
 */
export function parseEngineAddress(text: string, tls?: TlsFiles): EngineTarget | undefined {
  const trimmed = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
  const rest = scheme === undefined ? trimmed : trimmed.slice(scheme.length + '://'.length);
  switch (scheme) {
    case 'unix':
      return socketTarget(rest === '' ? DEFAULT_SOCKET : rest);
    case 'npipe':
      return socketTarget(rest === '' ? DEFAULT_PIPE : rest.replaceAll('\\', '/'));
    case 'ssh':
      return sshTarget(rest);
    case 'https':
      return tcpTarget(rest, tls ?? { directory: '', verify: true }, HTTPS_PORT);
    case 'tcp':
      return tcpTarget(rest === '' ? `:${DEFAULT_PORT}` : rest, tls);
    case 'http':
    case undefined:
      return tcpTarget(rest, tls);
    default:
      return undefined;
  }
}

/** The address for display. Never with a password: an ssh address contains at most a user. */
export function formatEngineAddress(target: EngineTarget): string {
  switch (target.kind) {
    case 'socket':
      return target.socketPath.startsWith('//') ? `npipe://${target.socketPath}` : `unix://${target.socketPath}`;
    case 'tcp':
      return `tcp://${bracket(target.host)}:${target.port}${target.basePath ?? ''}`;
    case 'ssh': {
      const user = target.user === undefined ? '' : `${target.user}@`;
      const port = target.port === undefined ? '' : `:${target.port}`;
      return `ssh://${user}${bracket(target.host)}${port}${encodeURI(target.socketPath ?? '')}`;
    }
  }
}

function socketTarget(path: string): EngineTarget | undefined {
  if (path.includes('\0') || path.includes('://')) return undefined;
  return { kind: 'socket', socketPath: path };
}

function tcpTarget(rest: string, tls: TlsFiles | undefined, defaultPort = DEFAULT_PORT): EngineTarget | undefined {
  const address = parseHost(rest);
  if (address === undefined || (address.host === '' && address.port === undefined)) return undefined;
  const host = address.host === '' ? '127.0.0.1' : address.host;
  const basePath = address.path.replace(/\/+$/, '');
  return {
    kind: 'tcp',
    host,
    port: address.port ?? defaultPort,
    ...(basePath === '' ? {} : { basePath }),
    ...(tls === undefined ? {} : { tls })
  };
}

/** Rejects a name that starts with a dash: the ssh program would parse it as an option. */
function sshTarget(rest: string): EngineTarget | undefined {
  const address = parseHost(rest);
  if (address === undefined || address.host === '' || address.host.startsWith('-')) return undefined;
  if (address.user?.startsWith('-') === true) return undefined;
  const socketPath = decodePath(address.path);
  if (socketPath === undefined) return undefined;
  const { user, host, port } = address;
  return { kind: 'ssh', user, host, port, ...(/^\/*$/.test(socketPath) ? {} : { socketPath }) };
}

/** A path of a URL without its percent-encoding; undefined for one that no socket can have. */
function decodePath(path: string): string | undefined {
  try {
    const decoded = decodeURI(path);
    return CONTROL_CHARACTER.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

interface HostAddress {
  user: string | undefined;
  host: string;
  port: number | undefined;
  /** "" or "/…". */
  path: string;
}

const CONTROL_CHARACTER = new RegExp(String.raw`[\u0000-\u001f\u007f]`);
const HOST_PATTERN = /^(?:([^@/\s]*)@)?(\[[0-9a-f:.%]+\]|[^:/@\s[\]?#]*)(?::(\d{1,5}))?(\/[^?#]*)?$/i;

function parseHost(rest: string): HostAddress | undefined {
  const match = HOST_PATTERN.exec(rest);
  const host = match?.[2];
  if (match === null || host === undefined) return undefined;
  const port = match[3] === undefined ? undefined : Number(match[3]);
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  const user = match[1]?.replace(/:.*$/s, '');
  return { user: user === '' ? undefined : user, host: host.replace(/^\[|\]$/g, ''), port, path: match[4] ?? '' };
}

function bracket(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
