-- What cabinets say: which of it has come, what is missing, what it was, and what was not understood.

CREATE TABLE IF NOT EXISTS cabinet_boot (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  boot_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  boot_no INT NOT NULL,
  first_seen_at DATETIME(6) NOT NULL,
  started_at DATETIME(6) NULL, -- By our clock; until it was heard live.
  highest_seq BIGINT NOT NULL, -- Everything up to it has come, but for what lies in a gap.
  PRIMARY KEY (cabinet_id, boot_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cabinet_gap (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  boot_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  from_seq BIGINT NOT NULL,
  to_seq BIGINT NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  found_at DATETIME(6) NOT NULL,
  ask_at DATETIME(6) NOT NULL, -- When the cabinet is asked for it, again.
  asked_count INT NOT NULL,
  PRIMARY KEY (cabinet_id, boot_id, from_seq),
  KEY cabinet_gap_to_ask (state, ask_at),
  CONSTRAINT cabinet_gap_state_known CHECK (state IN ('OPEN', 'LOST')),
  CONSTRAINT cabinet_gap_in_order CHECK (to_seq >= from_seq AND from_seq > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cabinet_message (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  boot_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  boot_no INT NOT NULL,
  seq BIGINT NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  device_at DATETIME(6) NOT NULL, -- By its clock, whatever that says.
  received_at DATETIME(6) NOT NULL,
  occurred_at DATETIME(6) NOT NULL, -- By ours, as best we know.
  dated_by VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  business_day DATE NOT NULL,
  data TEXT NOT NULL, -- As it was said, in JSON.
  sold_units INT NOT NULL, -- 0 unless goods were sold.
  sold_fen BIGINT NOT NULL, -- Likewise.
  PRIMARY KEY (id),
  UNIQUE KEY cabinet_message_once (cabinet_id, boot_id, seq),
  KEY cabinet_message_in_order (cabinet_id, boot_no, seq),
  KEY cabinet_message_of_kind (cabinet_id, kind, id),
  CONSTRAINT cabinet_message_kind_known CHECK (kind IN ('BOOT', 'VEND', 'STOCK', 'DOOR', 'ALARM', 'SNAPSHOT', 'REPLY')),
  CONSTRAINT cabinet_message_dated_by_known CHECK (dated_by IN ('UPTIME', 'DEVICE_CLOCK', 'RECEIPT')),
  CONSTRAINT cabinet_message_not_negative CHECK (sold_units >= 0 AND sold_fen >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cabinet_reading (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  taken_at DATETIME(6) NOT NULL,
  deci_celsius INT NULL, -- Where it has no thermometer.
  is_door_open TINYINT(1) NOT NULL,
  is_mains_on TINYINT(1) NOT NULL,
  signal_dbm INT NULL, -- Where it hangs on a cable.
  PRIMARY KEY (cabinet_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS parked_message (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NOT NULL,
  kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- As its topic says; perhaps none that we know.
  payload BLOB NOT NULL,
  received_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY parked_message_of_cabinet (cabinet_id, id),
  KEY parked_message_by_version (version, id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cabinet_drop (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day DATE NOT NULL,
  reason VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  dropped_count INT NOT NULL,
  last_at DATETIME(6) NOT NULL,
  last_kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  last_detail VARCHAR(200) NOT NULL,
  PRIMARY KEY (cabinet_id, day, reason),
  CONSTRAINT cabinet_drop_reason_known CHECK (reason IN ('TOO_LARGE', 'NOT_JSON', 'UNKNOWN_KIND', 'WRONG_SHAPE', 'TOO_MANY_PARKED', 'TOO_MANY_GAPS'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
