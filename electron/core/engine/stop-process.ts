import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_INTERVAL_MS = 25;

/** True if the process is running and its command line contains `mark`: the pid may have been reused. */
export async function isProcessOf(pid: number, mark: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.includes(mark);
}

/** Asks the process to exit, and kills it after `graceMs`. Resolves when it has exited; true if it had to be killed. */
export async function stopProcess(pid: number, mark: string, graceMs: number): Promise<boolean> {
  if (await endsAfter(pid, mark, 'SIGTERM', graceMs)) return false;
  await endsAfter(pid, mark, 'SIGKILL', graceMs);
  return true;
}

async function endsAfter(pid: number, mark: string, signal: NodeJS.Signals, limitMs: number): Promise<boolean> {
  if (!(await isProcessOf(pid, mark))) return true;
  try {
    process.kill(pid, signal);
  } catch {
    return true;
  }
  for (const end = Date.now() + limitMs; Date.now() < end;) {
    await sleep(POLL_INTERVAL_MS);
    if (!(await isProcessOf(pid, mark))) return true;
  }
  return false;
}
