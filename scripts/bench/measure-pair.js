/**
 * `run` may resolve to the measured seconds; else its complete duration counts.
 * @typedef {{ name: string, run: () => Promise<unknown> }} Case
 */

const seconds = async (work) => {
  const startedAt = performance.now();
  const counted = await work();
  return typeof counted === 'number' ? counted : (performance.now() - startedAt) / 1000;
};

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/**
 * Runs both alternately and prints a table row: the medians in seconds and the median of the ratios.
 * @param {Case} ours
 * @param {Case} theirs
 * @param {number} rounds measured, after one warm-up round
 * @param {() => Promise<unknown>} [prepare] runs before each round, and is not measured
 */
export async function measurePair(ours, theirs, rounds, prepare) {
  const times = [];
  for (let round = 0; round <= rounds; round++) {
    await prepare?.();
    const a = await seconds(ours.run);
    const b = await seconds(theirs.run);
    if (round > 0) times.push([a, b]);
  }
  const a = median(times.map(([first]) => first));
  const b = median(times.map(([, second]) => second));
  const ratio = median(times.map(([first, second]) => first / second));
  console.log(`| ${ours.name} | ${a.toFixed(2)} s | ${theirs.name} | ${b.toFixed(2)} s | ${ratio.toFixed(2)} |`);
}
