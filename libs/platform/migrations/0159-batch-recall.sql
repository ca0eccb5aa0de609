-- Recalls of batches, and which orders are told of them.

ALTER TABLE order_line ADD KEY order_line_of_batch (batch_id);

CREATE TABLE IF NOT EXISTS batch_recall (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The batch, as long as nothing of it is sold by this; NULL afterwards.
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Where it grew.
  by_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  advice VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(200) NOT NULL,
  asked_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  asked_at DATETIME(6) NOT NULL,
  started_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL until buyers are told.
  started_at DATETIME(6) NULL,
  ended_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL until lifted or dropped.
  ended_at DATETIME(6) NULL,
  end_reason VARCHAR(200) NOT NULL, -- '' until then.
  PRIMARY KEY (id),
  UNIQUE KEY batch_recall_open (open_batch_id),
  KEY batch_recall_of_batch (batch_id, id),
  KEY batch_recall_of_county (county_code, id),
  CONSTRAINT batch_recall_by_known CHECK (by_kind IN ('MERCHANT', 'OFFICIAL')),
  CONSTRAINT batch_recall_state_known CHECK (state IN ('PROPOSED', 'ACTIVE', 'DROPPED', 'LIFTED')),
  CONSTRAINT batch_recall_advice_known CHECK (advice IN ('DO_NOT_EAT', 'THROW_AWAY', 'SEND_BACK'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- An order that holds some of what was recalled; its buyer is told once.
CREATE TABLE IF NOT EXISTS batch_recall_notice (
  recall_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  told_at DATETIME(6) NULL, -- NULL until the message was taken.
  PRIMARY KEY (recall_id, order_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
