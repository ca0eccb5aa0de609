-- Smart counters: the cabinets that stand at channel points, their slots, what they sign in with, and when they were last heard.

CREATE TABLE IF NOT EXISTS cabinet (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  active_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The point, while the cabinet stands there: one at a time.
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of the point.
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The merchant who runs it.
  serial_no VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The maker's.
  model VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_revision INT NOT NULL, -- Counts how often its slots were set, so that two who set them at once do not mix.
  registered_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registered_at DATETIME(6) NOT NULL,
  retired_at DATETIME(6) NULL, -- While it stands.
  PRIMARY KEY (id),
  UNIQUE KEY cabinet_of_point (active_point_id),
  UNIQUE KEY cabinet_serial (serial_no),
  KEY cabinet_of_operator (operator_id, id),
  KEY cabinet_of_county (county_code, id),
  CONSTRAINT cabinet_model_known CHECK (model IN ('SLOT_CABINET', 'OPEN_DOOR', 'LOCKER')),
  CONSTRAINT cabinet_state_known CHECK (state IN ('ACTIVE', 'RETIRED')),
  CONSTRAINT cabinet_stands CHECK ((state = 'ACTIVE') = (active_point_id IS NOT NULL) AND (state = 'ACTIVE') = (retired_at IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cabinet_slot (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- As it is written on the cabinet.
  position INT NOT NULL,
  capacity INT NOT NULL,
  max_item_g INT NOT NULL,
  PRIMARY KEY (cabinet_id, code),
  CONSTRAINT cabinet_slot_holds CHECK (capacity > 0 AND max_item_g > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cabinet_credential (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  secret_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The secret itself was shown once and is kept nowhere.
  issued_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  issued_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NULL, -- Until a successor is issued.
  revoked_at DATETIME(6) NULL, -- While nobody has revoked it.
  last_used_at DATETIME(6) NULL, -- Until it has been.
  PRIMARY KEY (id),
  KEY cabinet_credential_of_cabinet (cabinet_id, id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cabinet_link (
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  connected_at DATETIME(6) NULL, -- While it is not connected.
  last_seen_at DATETIME(6) NULL, -- Until it was heard for the first time; so are those below.
  boot_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  boot_no INT NULL,
  seq BIGINT NULL,
  clock_skew_ms BIGINT NULL, -- Its clock less ours, as last measured.
  firmware_version VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  config_version VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (cabinet_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
