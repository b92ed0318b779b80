/** The three channels between page and main; there are no others. */
export const channels = { call: 'slipway:call', drop: 'slipway:drop', topic: 'slipway:topic' } as const;

/** The page's own origin; every message must come from it. */
export const appOrigin = 'app://slipway';
