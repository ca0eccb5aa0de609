-- Statements: what happened to a payee's money within a period, written down once and for ever.

CREATE TABLE IF NOT EXISTS statement (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payee_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payee_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- A merchant, household or counter; a county code for its fund.
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  from_on DATE NOT NULL,
  to_on DATE NOT NULL, -- Included.
  month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NULL, -- YYYY-MM; null outside the chain of months.
  requested_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY statement_once (payee_id, kind, from_on, to_on),
  UNIQUE KEY statement_month_once (payee_id, month),
  KEY statement_of_payee (payee_id, id),
  KEY statement_of_month (month, id),
  CONSTRAINT statement_payee_kind_known CHECK (payee_kind IN ('MERCHANT', 'HOUSEHOLD', 'OPERATOR', 'FUND')),
  CONSTRAINT statement_kind_known CHECK (kind IN ('MONTHLY', 'ON_DEMAND')),
  CONSTRAINT statement_days_in_order CHECK (from_on <= to_on),
  CONSTRAINT statement_month_of_monthly CHECK ((kind = 'MONTHLY') = (month IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS statement_revision (
  statement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rev INT NOT NULL,
  number VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(200) NULL, -- The first needs none.
  requested_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null where the month's end did it.
  requested_at DATETIME(6) NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Of whoever asks for another revision.
  next_try_at DATETIME(6) NULL, -- When somebody works on it, at the earliest; null once it is issued.
  tries INT NOT NULL DEFAULT 0,
  fault_account VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Where the books say something else, while it is refused.
  fault_fen BIGINT NULL, -- The books less the statement, likewise.
  issued_at DATETIME(6) NULL, -- Until it is issued.
  PRIMARY KEY (statement_id, rev),
  UNIQUE KEY statement_revision_number (number),
  UNIQUE KEY statement_revision_idempotency (statement_id, idempotency_key),
  KEY statement_revision_due (next_try_at, statement_id),
  CONSTRAINT statement_revision_state_known CHECK (state IN ('ISSUING', 'REFUSED', 'ISSUED')),
  CONSTRAINT statement_revision_rev_positive CHECK (rev > 0),
  CONSTRAINT statement_revision_reasoned CHECK (rev = 1 OR reason IS NOT NULL),
  CONSTRAINT statement_revision_done CHECK ((state = 'ISSUED') = (issued_at IS NOT NULL) AND (state = 'ISSUED') = (next_try_at IS NULL)),
  CONSTRAINT statement_revision_fault CHECK ((state = 'REFUSED') = (fault_account IS NOT NULL) AND (fault_account IS NULL) = (fault_fen IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS statement_line (
  statement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  part_no INT NOT NULL,
  chained_payee_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null outside the chain of months.
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  journal_kind VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' where it is of no order, or of none we know.
  wording VARCHAR(200) NOT NULL, -- The goods, or the bank's number; '' where nothing is to be said.
  gross_fen BIGINT NULL, -- Of the goods; null where it is of none.
  held_fen BIGINT NOT NULL,
  available_fen BIGINT NOT NULL,
  owed_fen BIGINT NOT NULL,
  effective_at DATETIME(6) NOT NULL,
  is_late BOOLEAN NOT NULL,
  PRIMARY KEY (statement_id, journal_id, part_no),
  UNIQUE KEY statement_line_once (chained_payee_id, journal_id, part_no),
  KEY statement_line_in_order (statement_id, effective_at, journal_id, part_no),
  CONSTRAINT statement_line_kind_known CHECK (kind IN ('SALE', 'RELEASE', 'REFUND', 'REFUND_FAILED', 'FEE', 'FEE_RETURNED', 'CLAWBACK', 'DISPUTE', 'POOL', 'PAYOUT', 'PAYOUT_RETURNED', 'ADJUSTMENT', 'OTHER'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS statement_balance (
  statement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  held_opening_fen BIGINT NOT NULL,
  available_opening_fen BIGINT NOT NULL,
  owed_opening_fen BIGINT NOT NULL,
  held_closing_fen BIGINT NOT NULL,
  available_closing_fen BIGINT NOT NULL,
  owed_closing_fen BIGINT NOT NULL,
  line_count INT NOT NULL,
  next_journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Where the next month begins to read; '' for the beginning.
  checked_at DATETIME(6) NOT NULL,
  PRIMARY KEY (statement_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS statement_document (
  statement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rev INT NOT NULL,
  payee_name VARCHAR(160) NOT NULL, -- A household's is its id.
  checkpoint_day DATE NULL, -- Where nothing was signed yet.
  checkpoint_size BIGINT NULL, -- Likewise.
  checkpoint_root CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Likewise.
  proven_journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Where no line can be proven yet.
  qr_text TEXT CHARACTER SET ascii COLLATE ascii_bin NULL, -- Likewise.
  dated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (statement_id, rev)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS statement_file (
  statement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rev INT NOT NULL,
  format VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  size_bytes INT NOT NULL,
  made_at DATETIME(6) NOT NULL,
  PRIMARY KEY (statement_id, rev, format),
  CONSTRAINT statement_file_format_known CHECK (format IN ('PDF', 'CSV'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS statement_run (
  month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reached_code VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The last account that was looked at; '' before the first.
  statement_count INT NOT NULL,
  started_at DATETIME(6) NOT NULL,
  finished_at DATETIME(6) NULL, -- Until every account has been looked at.
  PRIMARY KEY (month),
  KEY statement_run_open (finished_at, month)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
