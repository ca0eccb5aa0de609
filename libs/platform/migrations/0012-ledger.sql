-- The books. Journals and transfers are written once and never changed; a mistake is corrected by a journal the other way.

CREATE TABLE IF NOT EXISTS ledger_account (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- liability:held:mer_01J…
  type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  normal_side VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  balance_mode VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- LOCKED keeps its balance in this row; DEFERRED is summed from transfers (hot accounts).
  has_floor TINYINT(1) NOT NULL, -- May not fall below zero on its normal side.
  debits_posted_fen BIGINT NOT NULL DEFAULT 0,
  credits_posted_fen BIGINT NOT NULL DEFAULT 0,
  debits_pending_fen BIGINT NOT NULL DEFAULT 0,
  credits_pending_fen BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL DEFAULT 0, -- Counts the transfers of a LOCKED account, without a gap.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY ledger_account_code (code),
  CONSTRAINT ledger_account_type_known CHECK (type IN ('asset', 'liability', 'equity', 'revenue', 'expense')),
  CONSTRAINT ledger_account_side_known CHECK (normal_side IN ('debit', 'credit')),
  CONSTRAINT ledger_account_mode_known CHECK (balance_mode IN ('LOCKED', 'DEFERRED')),
  CONSTRAINT ledger_account_state_known CHECK (state IN ('OPEN', 'FROZEN', 'CLOSED')),
  CONSTRAINT ledger_account_sums_not_negative CHECK (debits_posted_fen >= 0 AND credits_posted_fen >= 0
    AND debits_pending_fen >= 0 AND credits_pending_fen >= 0),
  CONSTRAINT ledger_account_floor CHECK (has_floor = 0
    OR (normal_side = 'credit' AND credits_posted_fen >= debits_posted_fen + debits_pending_fen)
    OR (normal_side = 'debit' AND debits_posted_fen >= credits_posted_fen + credits_pending_fen))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS ledger_journal (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_hash BINARY(32) NOT NULL,
  kind VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The order, refund or payout it is about.
  event_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The fact that caused it; adjustments have none.
  effective_at DATETIME(6) NOT NULL,
  recorded_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), -- The database's clock, never the caller's.
  PRIMARY KEY (id),
  UNIQUE KEY ledger_journal_idempotency (idempotency_key),
  KEY ledger_journal_of_subject (subject, recorded_at),
  KEY ledger_journal_by_day (effective_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS ledger_transfer (
  journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_no INT NOT NULL,
  debit_account_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  credit_account_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL,
  debit_version BIGINT NULL, -- Of a LOCKED account, whose versions are unique; DEFERRED accounts have none.
  credit_version BIGINT NULL,
  PRIMARY KEY (journal_id, line_no),
  UNIQUE KEY ledger_transfer_debit_version (debit_account_id, debit_version),
  UNIQUE KEY ledger_transfer_credit_version (credit_account_id, credit_version),
  KEY ledger_transfer_of_debit (debit_account_id, journal_id),
  KEY ledger_transfer_of_credit (credit_account_id, journal_id),
  CONSTRAINT ledger_transfer_amount_positive CHECK (amount_fen > 0),
  CONSTRAINT ledger_transfer_two_accounts CHECK (debit_account_id <> credit_account_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
