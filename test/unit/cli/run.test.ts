import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../electron/cli/commands.ts';
import packageJson from '../../../package.json';
import { runSlipway } from './run-slipway.ts';

const names = commands.map(({ name }) => name);

describe('slipway', () => {
  it('shows its commands without arguments and for --help, -h and help', async () => {
    const { status, out, err } = await runSlipway([]);
    expect([status, err]).toEqual([0, '']);
    for (const name of names) expect(out).toMatch(new RegExp(`^  ${name} +[A-Z]`, 'm'));
    for (const word of ['--help', '-h', 'help']) expect((await runSlipway([word])).out).toBe(out);
  });

  it.each(names)('describes every option of %s in 80 columns', async (name) => {
    const { status, out, err } = await runSlipway([name, '--help']);
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(new RegExp(`^Usage: slipway ${name} `));
    const options = commands.find((command) => command.name === name)?.options ?? {};
    for (const option of Object.keys(options))
      expect(out).toMatch(new RegExp(`^      --${option}( [A-Z/]+)? +[A-Z]`, 'm'));
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect((await runSlipway(['help', name])).out).toBe(out);
    expect((await runSlipway([name, '-h', '--no-such-option'])).out).toBe(out);
  });

  it('prints the version of the package', async () => {
    for (const option of ['--version', '-v'])
      expect(await runSlipway([option])).toEqual({ status: 0, out: `slipway ${packageJson.version}\n`, err: '' });
  });

  it.each([
    [['push'], "slipway: unknown command 'push'. Run 'slipway --help' for help.\n"],
    [['help', 'push'], "slipway: unknown command 'push'. Run 'slipway --help' for help.\n"],
    [['--json'], "slipway: unknown option '--json'. Run 'slipway --help' for help.\n"],
    [['analyze'], "slipway analyze: missing argument IMAGE. Run 'slipway analyze --help' for help.\n"],
    [
      ['analyze', '--color', 'a'],
      "slipway analyze: unknown option '--color'. Run 'slipway analyze --help' for help.\n"
    ],
    [['analyze', '-x', 'a'], "slipway analyze: unknown option '-x'. Run 'slipway analyze --help' for help.\n"],
    [['analyze', 'a', 'b'], "slipway analyze: unexpected argument 'b'. Run 'slipway analyze --help' for help.\n"],
    [['compare', 'a'], "slipway compare: expected 2 to 6 images. Run 'slipway compare --help' for help.\n"],
    [['compare', 'a', 'b', '--ci'], "slipway compare: unknown option '--ci'. Run 'slipway compare --help' for help.\n"],
    [['a\u001b[2J\nb'], "slipway: unknown command 'a␛[2J␊b'. Run 'slipway --help' for help.\n"]
  ])('rejects %j in one line with a hint', async (args, err) => {
    expect(await runSlipway(args)).toEqual({ status: 2, out: '', err });
  });

  it.each([['--platform'], ['--platform='], ['--json=yes'], ['--__proto__'], ['--constructor']])(
    'rejects %s without a value, with an unsupported one, or if unknown',
    async (option) => {
      const { status, err } = await runSlipway(['analyze', 'image.tar', option]);
      expect([status, err]).toEqual([2, expect.stringContaining(option.replace(/=.*/, ''))]);
    }
  );

  it('treats arguments after "--" as images, whatever they start with', async () => {
    expect((await runSlipway(['analyze', '--', './--json'])).err).toContain('./--json');
  });

  it('runs every command from the installed program without a window', () => {
    const script = readFileSync(join(import.meta.dirname, '../../../resources/package/slipway-command'), 'utf8');
    const [, listed = ''] = /^ {2}(.*)\) ;;$/m.exec(script) ?? [];
    expect(listed.split(' | ')).toEqual([...names, 'help']);
  });
});
