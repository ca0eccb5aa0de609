export {
  type AccountActivity,
  type AccountJournal,
  AccountMovementReader,
  type AccountMovementRow,
  type Movement,
  aDayBefore,
} from './account-movement.reader.js';
export * from './chart-of-accounts.rules.js';
export * from './clearing.reader.js';
export * from './journal-leaf.reader.js';
export * from './journal-proof.reader.js';
export * from './ledger-account.entity.js';
export type { AccountStateRefusal } from './ledger-account.rules.js';
export * from './ledger-account.service.js';
export * from './ledger-audit.reader.js';
export * from './ledger-day-balance.entity.js';
export * from './ledger-day-balance.service.js';
export * from './ledger-journal.entity.js';
export * from './ledger-pending.entity.js';
export type { PendingDraft, Resolution } from './ledger-pending.rules.js';
export * from './ledger-pending.reader.js';
export * from './ledger-pending.service.js';
export type { PostedJournal } from './ledger-posting.service.js';
export * from './ledger-reversal.service.js';
export type { ReversalDraft, ReversalPart } from './ledger-reversal.rules.js';
export * from './ledger-reversed.entity.js';
export * from './ledger.errors.js';
export * from './ledger.module.js';
export * from './ledger.reader.js';
export { type JournalDraft, TRANSFERS_PER_POST_MAX, type TransferDraft } from './ledger.rules.js';
export * from './ledger.service.js';
