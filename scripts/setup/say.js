/** Says what set-up does, and why, on a line of its own. @param {string} text */
export function say(text) {
  console.log(`set-up: ${text}`);
}

/** Set-up cannot go on, and this is what a person must do. */
export class SetUpStopped extends Error {
  name = 'SetUpStopped';
}
