export * from './chart-of-accounts.rules.js';
export * from './ledger-account.entity.js';
export * from './ledger-journal.entity.js';
export * from './ledger.errors.js';
export * from './ledger.module.js';
export * from './ledger.reader.js';
export { type JournalDraft, TRANSFERS_PER_POST_MAX, type TransferDraft } from './ledger.rules.js';
export * from './ledger.service.js';
