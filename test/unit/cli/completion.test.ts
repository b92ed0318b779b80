import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commands } from '../../../electron/cli/commands.ts';
import { runSlipway } from './run-slipway.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'an image.tar'), '');

const options = commands.flatMap((command) => Object.keys(command.options));

/** The candidates of the bash script for the last of `args`. */
function complete(script: string, ...args: string[]): string[] {
  const program = `${script}
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_slipway
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['--norc', '-c', program, 'bash', 'slipway', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit']
  });
  return out.split('\n').filter((line) => line !== '');
}

describe('slipway completion', () => {
  it('prints a script for bash that bash accepts, and that completes commands, options and shells', async () => {
    const { status, out, err } = await runSlipway(['completion', 'bash']);
    expect([status, err]).toEqual([0, '']);
    execFileSync('bash', ['-n'], { input: out });
    expect(complete(out, '')).toEqual([...commands.map(({ name }) => name), 'help', '--help', '--version']);
    expect(complete(out, 'an')).toEqual(['analyze']);
    for (const { name, options } of commands) {
      const expected = [...Object.keys(options).map((option) => `--${option}`), '--help'];
      expect(complete(out, name, '--')).toEqual(expected);
      expect(complete(out, name, 'image.tar', '--')).toEqual(expected);
    }
    expect(complete(out, 'completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(complete(out, 'help', 'co')).toEqual(['compare', 'completion']);
  });

  it('leaves files to bash', async () => {
    const { out } = await runSlipway(['completion', 'bash']);
    expect(out).toContain('complete -o default -F _slipway slipway');
    for (const args of [
      ['analyze', 'a'],
      ['analyze', '--ci-config', ''],
      ['analyze', '--platform', '']
    ])
      expect(complete(out, ...args)).toEqual([]);
  });

  it.each(['zsh', 'fish'])('prints a script for %s with every command and option', async (shell) => {
    const { status, out, err } = await runSlipway(['completion', shell]);
    expect([status, err]).toEqual([0, '']);
    for (const { name } of commands) expect(out).toContain(name);
    for (const option of options)
      expect(out).toMatch(new RegExp(shell === 'zsh' ? `'--${option}=?\\[` : ` -l ${option} `));
  });

  it('rejects other shells', async () => {
    expect(await runSlipway(['completion', 'tcsh'])).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringContaining("unknown shell 'tcsh'; expected bash, zsh, fish") as string
    });
  });
});
