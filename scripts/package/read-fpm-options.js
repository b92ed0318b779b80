const flags = new Set(['--force', '--debug', '--deb-no-default-config-files']);

/**
 * Parses the options of fpm that electron-builder uses.
 * @param {string[]} argv
 * @returns {{ options: Record<string, string>, depends: string[], recommends: string[], inputs: { from: string, to: string }[] }}
 */
export function readFpmOptions(argv) {
  const options = {};
  const depends = [];
  const recommends = [];
  const inputs = [];
  for (let args = [...argv]; args.length > 0;) {
    const arg = args.shift();
    if (flags.has(arg)) continue;
    if (arg === '-s') args.shift();
    else if (arg === '-t') options.target = args.shift();
    else if (arg === '-d') depends.push(args.shift());
    else if (arg === '--deb-recommends') recommends.push(args.shift());
    else if (arg.startsWith('--')) {
      const [name, value] = arg.slice(2).split(/=(.*)/s);
      options[name] = value ?? args.shift();
    } else {
      const at = arg.lastIndexOf('=');
      inputs.push({ from: arg.slice(0, at), to: arg.slice(at + 1) });
    }
  }
  return { options, depends, recommends, inputs };
}
