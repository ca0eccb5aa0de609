-- What the payment provider says has moved our balance, compared with the books entry by entry and day by day.

CREATE TABLE IF NOT EXISTS provider_movement (
  ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  provider_type VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The provider's own word.
  subject_ref VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- What it is about, as we would know it; '' for nothing.
  gross_fen BIGINT NOT NULL, -- Positive into the balance.
  fee_fen BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  day DATE NOT NULL, -- In Shanghai.
  booked_fen BIGINT NULL, -- What the books have of it; none until both sides agree.
  matched_at DATETIME(6) NULL, -- Likewise.
  PRIMARY KEY (ref),
  KEY provider_movement_open (matched_at, ref),
  KEY provider_movement_of_subject (subject_ref),
  KEY provider_movement_by_day (day, kind),
  KEY provider_movement_by_time (created_at),
  CONSTRAINT provider_movement_kind_known CHECK (kind IN ('CAPTURE', 'REFUND', 'REFUND_FAILED', 'DISPUTE', 'DISPUTE_WON', 'TRANSFER', 'TRANSFER_BACK', 'BANK_PAYOUT', 'TOP_UP', 'OTHER'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS provider_match (
  journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- A journal stands for one movement.
  movement_ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen BIGINT NOT NULL, -- What the journal did to the provider's account.
  movement_day DATE NOT NULL,
  journal_day DATE NOT NULL, -- Where the two differ, one day of the provider is another of the books.
  PRIMARY KEY (journal_id),
  KEY provider_match_of_movement (movement_ref),
  KEY provider_match_by_movement_day (movement_day),
  KEY provider_match_by_journal_day (journal_day)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS provider_day (
  day DATE NOT NULL,
  opening_fen BIGINT NOT NULL,
  captured_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL, -- Negative, as all that leaves; what came back of refunds that failed taken off.
  disputed_fen BIGINT NOT NULL,
  transferred_fen BIGINT NOT NULL,
  bank_fen BIGINT NOT NULL, -- To and from our bank.
  other_fen BIGINT NOT NULL,
  fee_fen BIGINT NOT NULL, -- Negative.
  closing_fen BIGINT NOT NULL,
  booked_fen BIGINT NOT NULL, -- What the day has changed in the books.
  timing_fen BIGINT NOT NULL, -- Of the difference, what the books have on another day.
  computed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (day),
  CONSTRAINT provider_day_adds_up CHECK (closing_fen = opening_fen + captured_fen + refunded_fen + disputed_fen + transferred_fen + bank_fen + other_fen + fee_fen)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE reconciliation_check DROP CONSTRAINT reconciliation_check_name_known;

ALTER TABLE reconciliation_check ADD CONSTRAINT reconciliation_check_name_known CHECK (name IN ('TRIAL_BALANCE', 'CLEARING', 'ORDERS', 'PROVIDER_MONEY', 'PROVIDER_STATE', 'BANK', 'VOLUME', 'DELIVERIES', 'SEALS', 'SPLITS'));

ALTER TABLE reconciliation_break DROP CONSTRAINT reconciliation_break_check_known;

ALTER TABLE reconciliation_break ADD CONSTRAINT reconciliation_break_check_known CHECK (check_name IN ('TRIAL_BALANCE', 'CLEARING', 'ORDERS', 'PROVIDER_MONEY', 'PROVIDER_STATE', 'BANK', 'VOLUME', 'DELIVERIES', 'SEALS', 'SPLITS'));

INSERT IGNORE INTO reconciliation_check (name, due_at, worked_at) VALUES ('PROVIDER_MONEY', '2000-01-01', '2000-01-01');
