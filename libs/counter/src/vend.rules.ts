import type { Vend } from './message-schema.service.js';

export interface Sold {
  readonly units: number;
  readonly fen: bigint;
}

/** What of a vend was sold: what came out. A test vend is no sale, nor is what goes out while the door is open for maintenance. */
export function soldIn({ items, isTest, isInMaintenance }: Vend): Sold {
  if (isTest || isInMaintenance) return { units: 0, fen: 0n };
  const out = items.filter(({ delivery }) => delivery === 'FINISHED');
  return {
    units: out.reduce((sum, { units }) => sum + units, 0),
    fen: out.reduce((sum, { fen }) => sum + BigInt(fen), 0n),
  };
}
