-- What cabinets are told to do, and what they say they have sold since they were installed.

CREATE TABLE IF NOT EXISTS cabinet_command (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  data VARCHAR(500) NOT NULL, -- In JSON.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  requested_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  sent_at DATETIME(6) NULL, -- The last time; until it was.
  replied_at DATETIME(6) NULL, -- Until it was.
  detail VARCHAR(200) NOT NULL, -- Its answer in words; '' until there is one.
  PRIMARY KEY (id),
  KEY cabinet_command_to_send (state, expires_at),
  KEY cabinet_command_of_cabinet (cabinet_id, id),
  CONSTRAINT cabinet_command_kind_known CHECK (kind IN ('RESEND', 'SNAPSHOT')),
  CONSTRAINT cabinet_command_state_known CHECK (state IN ('WAITING', 'DONE', 'FAILED', 'EXPIRED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cabinet_snapshot (
  message_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  boot_no INT NOT NULL,
  seq BIGINT NOT NULL,
  taken_at DATETIME(6) NOT NULL,
  received_at DATETIME(6) NOT NULL,
  told_units BIGINT NOT NULL,
  told_fen BIGINT NOT NULL,
  known_units BIGINT NULL, -- Until they were compared.
  known_fen BIGINT NULL, -- Likewise.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (message_id),
  KEY cabinet_snapshot_to_compare (state, received_at),
  KEY cabinet_snapshot_of_cabinet (cabinet_id, boot_no, seq),
  CONSTRAINT cabinet_snapshot_state_known CHECK (state IN ('WAITING', 'AGREES', 'DIFFERS')),
  CONSTRAINT cabinet_snapshot_compared CHECK (state = 'WAITING' OR known_units IS NOT NULL AND known_fen IS NOT NULL)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
