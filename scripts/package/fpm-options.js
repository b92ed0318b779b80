const alone = new Set(['--force', '--debug', '--deb-no-default-config-files']);

/**
 * Reads fpm's words, as far as electron-builder uses them.
 * @param {string[]} argv
 * @returns {{ options: Record<string, string>, depends: string[], recommends: string[], inputs: { from: string, to: string }[] }}
 */
export function readOptions(argv) {
  const options = {};
  const depends = [];
  const recommends = [];
  const inputs = [];
  for (let words = [...argv]; words.length > 0;) {
    const word = words.shift();
    if (alone.has(word)) continue;
    if (word === '-s') words.shift();
    else if (word === '-t') options.target = words.shift();
    else if (word === '-d') depends.push(words.shift());
    else if (word === '--deb-recommends') recommends.push(words.shift());
    else if (word.startsWith('--')) {
      const [name, value] = word.slice(2).split(/=(.*)/s);
      options[name] = value ?? words.shift();
    } else {
      const at = word.lastIndexOf('=');
      inputs.push({ from: word.slice(0, at), to: word.slice(at + 1) });
    }
  }
  return { options, depends, recommends, inputs };
}
