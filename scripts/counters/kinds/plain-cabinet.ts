import type { Kind } from './kind.js';

/** Of a kind at which nothing is bought yet: it stands there, measures, and speaks. */
export const PLAIN: Kind = { sells: null, live: () => undefined };
