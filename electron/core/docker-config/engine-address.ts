/** How to connect to an engine. A named pipe of Windows is a socket path too. */
export type EngineTarget =
  | { kind: 'socket'; socketPath: string }
  | { kind: 'tcp'; host: string; port: number; tls?: TlsFiles }
  | { kind: 'ssh'; user: string | undefined; host: string; port: number | undefined };

/** The TLS files of an engine; each may be missing. */
export interface TlsFiles {
  /** A folder with ca.pem, cert.pem and key.pem. */
  directory: string;
  /** False accepts any certificate, as configured in docker's own settings. */
  verify: boolean;
}

const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

/**
 * Parses the value of DOCKER_HOST, CONTAINER_HOST or a context's Host: unix://, npipe://, tcp://, http(s)://, ssh://
 * and
 * the bare host:port that Docker treats as tcp. Undefined for anything else.
 * See https://docs.docker.com/reference/cli/docker/#host and docker/cli's opts/hosts.go.
 */
export function parseEngineAddress(text: string, tls?: TlsFiles): EngineTarget | undefined {
  const trimmed = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
  const rest = scheme === undefined ? trimmed : trimmed.slice(scheme.length + '://'.length);
  switch (scheme) {
    case 'unix':
      return socketTarget(rest);
    case 'npipe':
      return socketTarget(rest.replaceAll('\\', '/'));
    case 'ssh':
      return sshTarget(rest);
    case 'https':
      return tcpTarget(rest, tls ?? { directory: '', verify: true });
    case 'tcp':
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
      return `tcp://${bracket(target.host)}:${target.port}`;
    case 'ssh': {
      const user = target.user === undefined ? '' : `${target.user}@`;
      const port = target.port === undefined ? '' : `:${target.port}`;
      return `ssh://${user}${bracket(target.host)}${port}`;
    }
  }
}

function socketTarget(path: string): EngineTarget | undefined {
  if (!path.startsWith('/') || path.includes('\0')) return undefined;
  return { kind: 'socket', socketPath: path };
}

function tcpTarget(rest: string, tls: TlsFiles | undefined): EngineTarget | undefined {
  const address = parseHost(rest);
  if (address === undefined) return undefined;
  const host = address.host === '' ? '127.0.0.1' : address.host;
  const port = address.port ?? (tls === undefined ? PLAIN_PORT : TLS_PORT);
  return tls === undefined ? { kind: 'tcp', host, port } : { kind: 'tcp', host, port, tls };
}

/** Rejects a name that starts with a dash: the ssh program would parse it as an option. */
function sshTarget(rest: string): EngineTarget | undefined {
  const address = parseHost(rest);
  if (address === undefined || address.host === '' || address.host.startsWith('-')) return undefined;
  if (address.user?.startsWith('-') === true) return undefined;
  return { kind: 'ssh', user: address.user, host: address.host, port: address.port };
}

interface HostAddress {
  user: string | undefined;
  host: string;
  port: number | undefined;
}

const HOST_PATTERN = /^(?:([^@/\s]*)@)?(\[[0-9a-f:.%]+\]|[^:/@\s[\]?#]*)(?::(\d{1,5}))?\/?$/i;

function parseHost(rest: string): HostAddress | undefined {
  const match = HOST_PATTERN.exec(rest);
  const host = match?.[2];
  if (match === null || host === undefined || rest === '' || rest === '/') return undefined;
  const port = match[3] === undefined ? undefined : Number(match[3]);
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  const user = match[1]?.replace(/:.*$/s, '');
  return { user: user === '' ? undefined : user, host: host.replace(/^\[|\]$/g, ''), port };
}

function bracket(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
