import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex, PassThrough } from 'node:stream';
import type { SshTarget } from '../docker-config/engine-address.ts';
import { TransportFailure } from './engine-error.ts';

const STDERR_LIMIT_CHARACTERS = 2000;

/**
 * Connects to an engine like the docker CLI: the system's ssh runs `docker system dial-stdio` on the host. So the
 * user's
 * ssh config, agent, jump hosts and known hosts apply (dockerode's modem would accept any host key), without prompts.
 * See docker/cli's cli/connhelper.
 */
export function createSshAgent(target: SshTarget, env: NodeJS.ProcessEnv): Agent {
  const agent = new Agent({ keepAlive: false });
  return Object.assign(agent, { createConnection: () => openSsh(sshArguments(target), env) });
}

function sshArguments(target: SshTarget): string[] {
  const user = target.user === undefined ? [] : ['-l', target.user];
  const port = target.port === undefined ? [] : ['-p', String(target.port)];
  const options = ['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10'];
  const socket = target.socketPath === undefined ? [] : ['--host', quoteForShell(`unix://${target.socketPath}`)];
  return [...options, ...user, ...port, '--', target.host, 'docker', ...socket, 'system', 'dial-stdio'];
}

/** ssh passes the command to a shell on the host. */
function quoteForShell(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function openSsh(sshArgs: string[], env: NodeJS.ProcessEnv): Duplex {
  const child = spawn('ssh', sshArgs, { env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  let stderrText = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderrText = (stderrText + text).slice(-STDERR_LIMIT_CHARACTERS);
  });
  // Both directions stay open until ssh has exited, so that its error message takes precedence over a broken pipe.
  const [input, output] = [new PassThrough(), new PassThrough()];
  child.stdin.on('error', () => undefined);
  input.pipe(child.stdin);
  child.stdout.pipe(output, { end: false });
  const pipe = Duplex.from({ readable: output, writable: input });
  const fail = (message: string): void => void pipe.destroy(new TransportFailure(message));
  child.once('error', (error) => fail(error.message));
  child.once('close', (code) => {
    if (code === 0) output.end();
    else fail(stderrText.trim() || `ssh ended with code ${code ?? 'none'}`);
  });
  pipe.once('close', () => child.kill());
  return pipe;
}
