-- Balances as of any day, accounts that take no more transfers, and journals the other way that never take back more than there was.

CREATE TABLE IF NOT EXISTS ledger_day_balance (
  account_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day DATE NOT NULL, -- In Shanghai, by when journals took effect; days on which nothing moved have no row.
  debits_fen BIGINT NOT NULL, -- All that had been posted by the end of the day.
  credits_fen BIGINT NOT NULL,
  PRIMARY KEY (account_id, day)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS ledger_day_waiting (
  journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Posted, and in no balance of a day yet; whoever adds it deletes it.
  day DATE NOT NULL,
  PRIMARY KEY (journal_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO ledger_day_waiting (journal_id, day)
  SELECT DISTINCT j.id, DATE(DATE_ADD(j.effective_at, INTERVAL 8 HOUR)) FROM ledger_journal j
  JOIN ledger_transfer t ON t.journal_id = j.id AND t.is_pending = 0;

CREATE TABLE IF NOT EXISTS ledger_gate (
  name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Whoever adds up balances of days holds the row; nobody waits for it.
  PRIMARY KEY (name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO ledger_gate (name) VALUES ('DAY_BALANCE');

ALTER TABLE ledger_account ADD CONSTRAINT ledger_account_deferred_open CHECK (balance_mode = 'LOCKED' OR state = 'OPEN');

ALTER TABLE ledger_account ADD CONSTRAINT ledger_account_closed_empty CHECK (state <> 'CLOSED' OR (debits_posted_fen = credits_posted_fen AND debits_pending_fen = 0 AND credits_pending_fen = 0));

-- What it takes back, in part or in whole; null for all others.
ALTER TABLE ledger_journal ADD COLUMN reverses_journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- The line of the reversed journal that this one takes back; null for all others.
ALTER TABLE ledger_transfer ADD COLUMN reverses_line_no INT NULL;

CREATE TABLE IF NOT EXISTS ledger_reversed (
  journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_no INT NOT NULL,
  amount_fen BIGINT NOT NULL,
  reversed_fen BIGINT NOT NULL,
  PRIMARY KEY (journal_id, line_no),
  CONSTRAINT ledger_reversed_within CHECK (reversed_fen BETWEEN 0 AND amount_fen)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
