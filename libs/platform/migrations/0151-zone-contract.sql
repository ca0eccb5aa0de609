-- One contract with a host of zones holds for many shops; once it has ended none of them sells.

CREATE TABLE IF NOT EXISTS zone_contract (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  host_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  series_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The first of those that renew each other.
  renews_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL for the first.
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Where its shops lie, and who agrees to it.
  number VARCHAR(60) NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NOT NULL,
  operator_bps INT NOT NULL,
  terms VARCHAR(1000) NOT NULL,
  file_ids JSON NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_series_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The same while it waits: of one series one waits at a time.
  proposed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of whoever has proposed it.
  proposed_at DATETIME(6) NOT NULL,
  decided_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL while it waits.
  decided_at DATETIME(6) NULL,
  reason VARCHAR(500) NOT NULL, -- What was said of it by whoever decided; '' before.
  ended_on DATE NULL, -- The first day on which it holds no more, where somebody has ended it early.
  ended_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  end_reason VARCHAR(500) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY zone_contract_once (proposed_by, idempotency_key),
  UNIQUE KEY zone_contract_open (open_series_id),
  KEY zone_contract_of (host_id, id),
  KEY zone_contract_series (series_id, valid_from),
  KEY zone_contract_waiting (state, id),
  CONSTRAINT zone_contract_state_known CHECK (state IN ('PROPOSED', 'AGREED', 'RETURNED')),
  CONSTRAINT zone_contract_days CHECK (valid_from <= valid_to),
  CONSTRAINT zone_contract_open_while CHECK ((open_series_id IS NOT NULL) = (state = 'PROPOSED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Of zones that stand under a contract: its series, and the days on which it lets them sell as things are. All NULL for others.
ALTER TABLE channel_point ADD COLUMN contract_series_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE channel_point ADD COLUMN contracted_from DATE NULL;

ALTER TABLE channel_point ADD COLUMN contracted_to DATE NULL;

ALTER TABLE channel_point ADD INDEX channel_point_of_contract (contract_series_id, id);
