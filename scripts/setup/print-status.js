/** Prints what setup does, and why, on its own line. @param {string} text */
export function printStatus(text) {
  console.log(`setup: ${text}`);
}

/** Setup cannot continue; the message says what to do. */
export class SetupError extends Error {
  name = 'SetupError';
}
