/** Two sizes compared with each other. */
export const ratios = {
  times: (ratio: string) => `${ratio}x`,
  shareOf: (percent: string) => `${percent} of`
};
