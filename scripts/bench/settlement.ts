import { monthClose } from './month-close.js';
import { ledgerPosting } from './ledger-posting.js';
import { saleLatency } from './sale-latency.js';
import { benchSeals } from './seals.js';

/** One part a line: its name on the command line, and what runs. Each opens a database of its own and prints its figures. */
const PARTS = {
  'ledger-posting': ledgerPosting,
  'sale-latency': saleLatency,
  seals: benchSeals,
  'month-close': monthClose,
} as const satisfies Readonly<Record<string, () => Promise<void>>>;

export type SettlementPart = keyof typeof PARTS;
export const SETTLEMENT_PARTS = Object.keys(PARTS) as readonly SettlementPart[];

export async function benchSettlement(parts: readonly SettlementPart[]): Promise<void> {
  for (const part of parts) await PARTS[part]();
}
