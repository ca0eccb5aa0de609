/** The one place where pages ask what time it is. */
export const nowMs = (): number => Date.now();
