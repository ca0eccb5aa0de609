-- What a van should have had when it came back, and nobody knows where it is: it leaves the book once two people agree, and comes back into it where a late visit explains it.
CREATE TABLE IF NOT EXISTS van_write_off (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  route_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of the operator: whose officials decide.
  reason VARCHAR(400) NOT NULL,
  cause_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of what was asked for: the same key with another wish is refused.
  requested_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  approval_request_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  requested_at DATETIME(6) NOT NULL,
  decided_at DATETIME(6) NULL, -- While it waits.
  PRIMARY KEY (id),
  UNIQUE KEY van_write_off_once (route_id, cause_key),
  KEY van_write_off_of_operator (operator_id, id),
  KEY van_write_off_of_county (county_code, id),
  CONSTRAINT van_write_off_state_known CHECK (state IN ('REQUESTED', 'BOOKED', 'REJECTED', 'WITHDRAWN')),
  CONSTRAINT van_write_off_decided CHECK ((state = 'REQUESTED') = (decided_at IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS van_write_off_line (
  write_off_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  best_before_on DATE NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Whose goods they are.
  quantity INT NOT NULL,
  found_units INT NOT NULL, -- Of them, accounted for after all.
  PRIMARY KEY (write_off_id, variant_id, batch_id),
  CONSTRAINT van_write_off_line_units CHECK (quantity > 0 AND found_units BETWEEN 0 AND quantity)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
