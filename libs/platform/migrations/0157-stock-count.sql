-- Somebody counts what lies in a place, line by line, over minutes or days.
CREATE TABLE IF NOT EXISTS stock_count (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null of the warehouse.
  open_place VARCHAR(90) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Whose place it is, as long as it goes on: one count at a time. Null afterwards.
  note VARCHAR(400) NOT NULL,
  value_fen BIGINT NOT NULL, -- Of all that differs, either way, at the price of the moment; 0 until it is handed in.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  opened_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  opened_at DATETIME(6) NOT NULL,
  posted_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Who has handed it in; null until then.
  approval_request_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null where nobody else has to agree.
  ended_at DATETIME(6) NULL, -- While it goes on.
  PRIMARY KEY (id),
  UNIQUE KEY stock_count_open_once (open_place),
  KEY stock_count_of_merchant (merchant_id, id),
  CONSTRAINT stock_count_state_known CHECK (state IN ('OPEN', 'REQUESTED', 'POSTED', 'DISCARDED')),
  CONSTRAINT stock_count_goes_on CHECK ((state IN ('OPEN', 'REQUESTED')) = (open_place IS NOT NULL)),
  CONSTRAINT stock_count_ended CHECK ((open_place IS NULL) = (ended_at IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS stock_count_line (
  count_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  best_before_on DATE NOT NULL,
  counted_units INT NOT NULL,
  counted_at DATETIME(6) NOT NULL,
  counted_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  difference INT NULL, -- From the book as it stood at that moment; null until it is handed in.
  adjusted INT NULL, -- Of that, what was booked: units that are promised stay. Null until it is posted.
  PRIMARY KEY (count_id, variant_id, batch_id),
  CONSTRAINT stock_count_line_units CHECK (counted_units >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
