-- How smart counters did, day by day, from what we ourselves know.

CREATE TABLE IF NOT EXISTS performance_day (
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  business_day DATE NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  opening_hours VARCHAR(60) NULL, -- Where nobody has said; as it was when the day was begun, and so the next two.
  is_open TINYINT(1) NOT NULL,
  slot_codes TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Planned ones, with commas; at most two hundred of eight letters.
  make_at DATETIME(6) NULL, -- Where it rests.
  made_count INT NOT NULL,
  is_heard TINYINT(1) NOT NULL, -- Its cabinet had been heard by then.
  is_operating TINYINT(1) NOT NULL,
  due_minutes INT NOT NULL,
  unknown_minutes INT NOT NULL, -- While we could hear nobody; beside those due.
  sellable_minutes INT NOT NULL,
  slot_minutes INT NOT NULL,
  empty_slot_minutes INT NOT NULL,
  vend_count INT NOT NULL,
  failed_vend_count INT NOT NULL,
  dispute_count INT NOT NULL,
  expected_units INT NOT NULL,
  counted_units INT NOT NULL,
  measured_minutes INT NOT NULL,
  in_band_minutes INT NOT NULL,
  locked_units INT NOT NULL,
  sold_units BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL, -- May be negative: what went back on a day counts on it.
  filled_units INT NOT NULL,
  last_sold_on DATE NULL, -- As of that day; where it never has. So the next.
  last_filled_on DATE NULL,
  PRIMARY KEY (channel_point_id, business_day),
  KEY performance_day_by_day (business_day, channel_point_id),
  KEY performance_day_to_make (make_at),
  CONSTRAINT performance_day_parts CHECK (sellable_minutes <= due_minutes AND empty_slot_minutes <= slot_minutes AND failed_vend_count <= vend_count AND dispute_count <= vend_count AND in_band_minutes <= measured_minutes)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS performance_begun (
  business_day DATE NOT NULL,
  PRIMARY KEY (business_day)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What lay in a slot at some time is what lies there now less what has moved since.
ALTER TABLE stock_movement ADD KEY stock_movement_of_time (stock_level_id, moved_at);
