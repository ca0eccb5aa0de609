-- A merchant ceases to sell: at once from the moment somebody asks, for good once nothing of it is open.

ALTER TABLE merchant DROP CONSTRAINT merchant_state_known;
ALTER TABLE merchant ADD CONSTRAINT merchant_state_known CHECK (state IN ('APPLIED', 'ACTIVE', 'SUSPENDED', 'CLOSING', 'CLOSED'));

CREATE TABLE IF NOT EXISTS merchant_closure (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The merchant while it is open: one at a time.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  asked_as VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(200) NOT NULL,
  asked_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  asked_at DATETIME(6) NOT NULL,
  from_state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- How the merchant stood before.
  ended_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL while it is open, like the next.
  ended_at DATETIME(6) NULL,
  ended_reason VARCHAR(200) NOT NULL, -- Why it was taken back; '' otherwise.
  papers_kept_until DATE NULL, -- NULL until it is final.
  PRIMARY KEY (id),
  UNIQUE KEY merchant_closure_open (open_merchant_id),
  KEY merchant_closure_of (merchant_id, id),
  CONSTRAINT merchant_closure_state_known CHECK (state IN ('OPEN', 'REOPENED', 'FINAL')),
  CONSTRAINT merchant_closure_asked_as_known CHECK (asked_as IN ('OWNER', 'OFFICE')),
  CONSTRAINT merchant_closure_from_state_known CHECK (from_state IN ('ACTIVE', 'SUSPENDED')),
  CONSTRAINT merchant_closure_open_merchant CHECK ((open_merchant_id IS NOT NULL) = (state = 'OPEN') AND (open_merchant_id IS NULL OR open_merchant_id = merchant_id)),
  CONSTRAINT merchant_closure_kept CHECK ((papers_kept_until IS NOT NULL) = (state = 'FINAL'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
