-- What people do with stock: who moved it, goods that lie on no shelf, and what is written off.

-- Null where no person did: an order, a cabinet, the clock; and of what moved before this was kept.
ALTER TABLE stock_movement ADD COLUMN moved_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- A held place: goods on their way, or waiting for a second person; of what they are held for. Null of every other place.
ALTER TABLE stock_location ADD COLUMN held_for VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE stock_location ADD UNIQUE KEY stock_location_held (held_for);

ALTER TABLE stock_location DROP CONSTRAINT stock_location_kind_known;

ALTER TABLE stock_location ADD CONSTRAINT stock_location_kind_known CHECK (kind IN ('WAREHOUSE', 'SHELF', 'VAN', 'HELD'));

ALTER TABLE stock_location ADD CONSTRAINT stock_location_of_held CHECK ((kind = 'HELD') = (held_for IS NOT NULL));

CREATE TABLE IF NOT EXISTS stock_write_off (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null of the warehouse, and of goods on their way.
  transfer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Of goods that did not arrive.
  why VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  note VARCHAR(400) NOT NULL,
  value_fen BIGINT NOT NULL, -- At the price of the moment.
  cause_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The same key with another wish is refused.
  requested_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  approval_request_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null where nobody else had to agree.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  requested_at DATETIME(6) NOT NULL,
  decided_at DATETIME(6) NULL, -- While it waits.
  PRIMARY KEY (id),
  UNIQUE KEY stock_write_off_once (merchant_id, cause_key),
  KEY stock_write_off_of_merchant (merchant_id, id),
  KEY stock_write_off_of_transfer (transfer_id),
  CONSTRAINT stock_write_off_state_known CHECK (state IN ('REQUESTED', 'BOOKED', 'REJECTED', 'WITHDRAWN')),
  CONSTRAINT stock_write_off_why_known CHECK (why IN ('SPOILED', 'DAMAGED', 'GIVEN_AWAY', 'SAMPLE', 'LOST', 'OTHER')),
  CONSTRAINT stock_write_off_decided CHECK ((state = 'REQUESTED') = (decided_at IS NULL)),
  CONSTRAINT stock_write_off_place CHECK (channel_point_id IS NULL OR transfer_id IS NULL)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS stock_write_off_line (
  write_off_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  best_before_on DATE NOT NULL,
  quantity INT NOT NULL,
  PRIMARY KEY (write_off_id, variant_id, batch_id),
  CONSTRAINT stock_write_off_line_units CHECK (quantity > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
