-- Money on its way to payees: one run a day, one payout per payee and run, and what of the books each payout covers.

CREATE TABLE IF NOT EXISTS payout_policy (
  name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL,
  PRIMARY KEY (name),
  CONSTRAINT payout_policy_name_known CHECK (name IN ('MINIMUM_MERCHANT', 'MINIMUM_HOUSEHOLD', 'MINIMUM_OPERATOR', 'MINIMUM_FUND', 'TWO_APPROVERS_ABOVE')),
  CONSTRAINT payout_policy_not_negative CHECK (amount_fen >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO payout_policy (name, amount_fen) VALUES
  ('MINIMUM_MERCHANT', 10000), ('MINIMUM_HOUSEHOLD', 1000), ('MINIMUM_OPERATOR', 10000), ('MINIMUM_FUND', 0),
  ('TWO_APPROVERS_ABOVE', 10000000);

CREATE TABLE IF NOT EXISTS payout_run (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day DATE NOT NULL,
  origin VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  started_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The clock has no name.
  covers_before DATETIME(6) NOT NULL, -- Credits from then on wait for the next working day.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fencing INT NOT NULL DEFAULT 0, -- Rises with every lease; whoever holds an older number writes nothing.
  leased_until DATETIME(6) NULL, -- While somebody plans.
  reached_code VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- The last account looked at; a run goes on behind it.
  payout_count INT NOT NULL DEFAULT 0,
  total_fen BIGINT NOT NULL DEFAULT 0,
  skip_count INT NOT NULL DEFAULT 0,
  started_at DATETIME(6) NOT NULL,
  planned_at DATETIME(6) NULL, -- Until all accounts have been looked at.
  PRIMARY KEY (id),
  UNIQUE KEY payout_run_once_a_day (day),
  KEY payout_run_by_state (state, day),
  CONSTRAINT payout_run_origin_known CHECK (origin IN ('SCHEDULE', 'HAND')),
  CONSTRAINT payout_run_state_known CHECK (state IN ('PLANNING', 'PLANNED')),
  CONSTRAINT payout_run_sums_not_negative CHECK (payout_count >= 0 AND total_fen >= 0 AND skip_count >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS payout (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  run_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payee_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payee_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  method VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until it is batched, and again when its batch was voided.
  line_no INT NULL, -- Within the batch.
  planned_at DATETIME(6) NOT NULL,
  sent_at DATETIME(6) NULL, -- When the file was exported, or before the provider was first asked.
  resolve_by DATE NULL, -- The third working day after that; unresolved later, it is overdue.
  settled_at DATETIME(6) NULL, -- Until it is known what became of it.
  returned_at DATETIME(6) NULL, -- Unless the bank sent it back after all.
  next_check_at DATETIME(6) NULL, -- Transfers only: when to ask the provider next.
  tries INT NOT NULL DEFAULT 0,
  key_no INT NOT NULL DEFAULT 1, -- Of the key towards the provider; rises only after a definite refusal.
  key_tried_at DATETIME(6) NULL, -- When this key was first used; null until then.
  provider_ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The transfer's or the bank's own number.
  failure_code VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Why it is not there, or not yet.
  failure_note VARCHAR(200) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY payout_once_a_run (run_id, payee_id),
  KEY payout_of_payee (payee_id, id),
  KEY payout_by_state (state, method, id),
  KEY payout_of_batch (batch_id, line_no),
  KEY payout_to_check (next_check_at),
  KEY payout_overdue (state, resolve_by, id),
  CONSTRAINT payout_kind_known CHECK (payee_kind IN ('MERCHANT', 'HOUSEHOLD', 'OPERATOR', 'FUND')),
  CONSTRAINT payout_method_known CHECK (method IN ('BANK', 'STRIPE')),
  CONSTRAINT payout_state_known CHECK (state IN ('PLANNED', 'BATCHED', 'SENT', 'PAID', 'REJECTED', 'RETURNED', 'CANCELLED')),
  CONSTRAINT payout_amount_positive CHECK (amount_fen > 0),
  CONSTRAINT payout_batched_or_not CHECK ((batch_id IS NULL) = (line_no IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- A transfer of the books stands in one living payout at most.
CREATE TABLE IF NOT EXISTS payout_item (
  payout_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_no INT NOT NULL,
  side VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payee_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  covers VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Journal, line and side while the payout stands; null once it was rejected or cancelled.
  kind VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The order, refund or earlier payout it is about.
  amount_fen BIGINT NOT NULL, -- Negative for what was taken back.
  effective_at DATETIME(6) NOT NULL,
  PRIMARY KEY (payout_id, journal_id, line_no, side),
  UNIQUE KEY payout_item_covered_once (covers),
  KEY payout_item_of_payee (payee_id, journal_id),
  KEY payout_item_of_subject (subject),
  CONSTRAINT payout_item_side_known CHECK (side IN ('debit', 'credit')),
  CONSTRAINT payout_item_signed CHECK ((side = 'credit' AND amount_fen > 0) OR (side = 'debit' AND amount_fen < 0))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Where a payee's uncovered transfers begin, so that a run does not read their whole history. May be thrown away.
CREATE TABLE IF NOT EXISTS payout_cursor (
  payee_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (payee_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Who was not paid in a run although something stood to their credit.
CREATE TABLE IF NOT EXISTS payout_skip (
  run_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payee_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payee_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL,
  PRIMARY KEY (run_id, payee_id),
  KEY payout_skip_of_payee (payee_id, run_id),
  CONSTRAINT payout_skip_kind_known CHECK (payee_kind IN ('MERCHANT', 'HOUSEHOLD', 'OPERATOR', 'FUND')),
  CONSTRAINT payout_skip_reason_known CHECK (reason IN ('BELOW_MINIMUM', 'NO_ACCOUNT', 'ACCOUNT_UNVERIFIED', 'ACCOUNT_BLOCKED', 'ABOVE_MAXIMUM', 'NOT_FREE'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS payout_batch (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_no INT NOT NULL, -- Without a gap; never used again.
  method VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  encoding VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_count INT NOT NULL,
  total_fen BIGINT NOT NULL,
  content_hash VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- SHA-256 in hex of number, payouts, accounts and amounts: what is approved.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  approval_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The latest request: to send it, or to void it.
  created_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exported_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until the file was made; transfers have none.
  exported_at DATETIME(6) NULL,
  file_hash VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL, -- SHA-256 in hex of the file.
  file_cipher MEDIUMBLOB NULL, -- The file itself, sealed: asked for again, the same bytes come out.
  key_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  void_reason VARCHAR(400) NULL, -- Unless somebody wants it void.
  PRIMARY KEY (id),
  UNIQUE KEY payout_batch_number (batch_no),
  UNIQUE KEY payout_batch_idempotency (created_by, idempotency_key),
  KEY payout_batch_by_state (state, id),
  CONSTRAINT payout_batch_method_known CHECK (method IN ('BANK', 'STRIPE')),
  CONSTRAINT payout_batch_encoding_known CHECK (encoding IN ('UTF_8', 'GB18030')),
  CONSTRAINT payout_batch_state_known CHECK (state IN ('AWAITING_APPROVAL', 'APPROVED', 'REJECTED', 'EXPORTED', 'SENDING', 'VOID_REQUESTED', 'VOIDED', 'CLOSED')),
  CONSTRAINT payout_batch_not_empty CHECK (line_count > 0 AND total_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What the bank said, file by file. A broken one is kept as well and has moved nothing.
CREATE TABLE IF NOT EXISTS payout_import (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_hash VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  outcome VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  break_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Unless it was applied.
  break_note VARCHAR(200) NULL,
  line_count INT NOT NULL,
  paid_fen BIGINT NOT NULL,
  unpaid_fen BIGINT NOT NULL,
  imported_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  imported_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY payout_import_once (batch_id, file_hash),
  KEY payout_import_by_outcome (outcome, id),
  CONSTRAINT payout_import_outcome_known CHECK (outcome IN ('APPLIED', 'BROKEN')),
  CONSTRAINT payout_import_break_known CHECK (break_code IN ('UNREADABLE', 'WRONG_BATCH', 'CONTROL_TOTALS', 'UNKNOWN_LINE', 'LINE_TWICE', 'AMOUNT_DIFFERS', 'CONTRADICTION')),
  CONSTRAINT payout_import_broken_or_not CHECK ((outcome = 'BROKEN') = (break_code IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
