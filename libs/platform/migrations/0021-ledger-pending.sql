-- Two-phase transfers: what is promised is set aside first, and is posted, voided or expires once.

-- POST, VOID and EXPIRE end a PENDING one.
ALTER TABLE ledger_journal ADD COLUMN phase VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'POSTED';

-- What it ends; null but for POST, VOID and EXPIRE.
ALTER TABLE ledger_journal ADD COLUMN pending_journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE ledger_journal ADD CONSTRAINT ledger_journal_phase_known CHECK (phase IN ('POSTED', 'PENDING', 'POST', 'VOID', 'EXPIRE'));

ALTER TABLE ledger_journal ADD CONSTRAINT ledger_journal_ends_one CHECK ((phase IN ('POST', 'VOID', 'EXPIRE')) = (pending_journal_id IS NOT NULL));

-- Set aside and not moved: counted in no balance.
ALTER TABLE ledger_transfer ADD COLUMN is_pending TINYINT(1) NOT NULL DEFAULT 0;

CREATE TABLE IF NOT EXISTS ledger_pending (
  journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL, -- Of all its transfers.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  posted_fen BIGINT NOT NULL DEFAULT 0, -- The rest has been released.
  expires_at DATETIME(6) NULL, -- Null: it waits for ever.
  resolved_by_journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null while PENDING.
  PRIMARY KEY (journal_id),
  KEY ledger_pending_due (state, expires_at),
  CONSTRAINT ledger_pending_state_known CHECK (state IN ('PENDING', 'POSTED', 'VOIDED', 'EXPIRED')),
  CONSTRAINT ledger_pending_posted_within CHECK (posted_fen BETWEEN 0 AND amount_fen),
  CONSTRAINT ledger_pending_posted_moves CHECK ((state = 'POSTED') = (posted_fen > 0)),
  CONSTRAINT ledger_pending_ended_by_one CHECK ((state = 'PENDING') = (resolved_by_journal_id IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
