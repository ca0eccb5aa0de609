-- Corrections of the books that no fact causes: asked for by one person with a reason and a paper, posted when another has agreed.

CREATE TABLE IF NOT EXISTS ledger_adjustment (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of whoever asks.
  requested_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  debit_code VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  credit_code VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL,
  reason VARCHAR(400) NOT NULL,
  attachment_hash VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- SHA-256 in hex of the paper that justifies it.
  approval_request_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until it is posted.
  requested_at DATETIME(6) NOT NULL,
  decided_at DATETIME(6) NULL, -- While it waits.
  PRIMARY KEY (id),
  UNIQUE KEY ledger_adjustment_idempotency (requested_by, idempotency_key),
  CONSTRAINT ledger_adjustment_state_known CHECK (state IN ('REQUESTED', 'POSTED', 'REJECTED', 'WITHDRAWN')),
  CONSTRAINT ledger_adjustment_amount_positive CHECK (amount_fen > 0),
  CONSTRAINT ledger_adjustment_two_accounts CHECK (debit_code <> credit_code),
  CONSTRAINT ledger_adjustment_posted_by_one CHECK ((state = 'POSTED') = (journal_id IS NOT NULL)),
  CONSTRAINT ledger_adjustment_decided CHECK ((state = 'REQUESTED') = (decided_at IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
