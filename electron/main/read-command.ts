/** Precedes the words of the shell command on the app's own command line: see resources/package/slipway-command. */
const commandSwitch = '--run-command';

/**
 * The words of the shell command, such as ['analyze', 'alpine'], if the app was started to run it; otherwise null. They
 * come after "--", so that Chromium does not read them.
 */
export function readCommand(argv: readonly string[]): string[] | null {
  const end = argv.indexOf('--');
  return end !== -1 && argv.slice(0, end).includes(commandSwitch) ? argv.slice(end + 1) : null;
}
