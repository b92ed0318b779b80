/** Says what set-up does, and why, on a line of its own. @param {string} text */
export function printStatus(text) {
  console.log(`set-up: ${text}`);
}

/** Set-up cannot go on, and this is what a person must do. */
export class SetupError extends Error {
  name = 'SetupError';
}
