import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopProcess, waitUntil } from './process.ts';

export interface SessionBus {
  /** The environment for programs of this session. */
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

const quietBus = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`;

/** A session bus with an unlocked, temporary Secret Service: gnome-keyring with its own home folder. */
export async function startKeyring(): Promise<SessionBus> {
  const bus = await startBus('');
  const args = ['--unlock', '--components=secrets', '--foreground'];
  const env = { ...process.env, ...bus.env };
  const keyring = spawn('gnome-keyring-daemon', args, { env, stdio: ['pipe', 'ignore', 'ignore'] });
  keyring.stdin.end('test');
  await waitUntil('the Secret Service to be on the bus', () => isOnBus('org.freedesktop.secrets', env));
  return {
    env: bus.env,
    stop: async () => {
      await stopProcess(keyring);
      await bus.stop();
    }
  };
}

/** A session bus without a Secret Service. */
export function startBusWithoutSecretService(): Promise<SessionBus> {
  return startBus(quietBus);
}

function isOnBus(name: string, env: NodeJS.ProcessEnv): boolean {
  const question = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
  const args = [...question, 'org.freedesktop.DBus.NameHasOwner', `string:${name}`];
  return execFileSync('dbus-send', args, { env, encoding: 'utf8' }).includes('boolean true');
}

async function startBus(configuration: string): Promise<SessionBus> {
  const home = mkdtempSync(join(tmpdir(), 'slipway-home-'));
  const folders = {
    XDG_RUNTIME_DIR: join(home, 'run'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config')
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { mode: 0o700 });
  const file = join(home, 'bus.conf');
  if (configuration !== '') writeFileSync(file, configuration);
  const which = configuration === '' ? '--session' : `--config-file=${file}`;
  const env = { HOME: home, ...folders };
  const daemon: ChildProcess = spawn('dbus-daemon', [which, '--print-address=1', '--nofork', '--nopidfile'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore']
  });
  if (!daemon.stdout) throw new Error('dbus-daemon has no output');
  const [address] = (await once(daemon.stdout, 'data')) as [Buffer];
  return {
    env: { ...env, DBUS_SESSION_BUS_ADDRESS: address.toString().trim() },
    stop: async () => {
      await stopProcess(daemon);
      rmSync(home, { recursive: true, force: true });
    }
  };
}
