-- Versions of what cabinets run and are set to, and how they go out: to a few first, and on while nothing goes wrong.

-- The settings of a version go along with the command.
ALTER TABLE cabinet_command MODIFY COLUMN data TEXT NOT NULL;

CREATE TABLE IF NOT EXISTS cabinet_release (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- SHA-256 of what a cabinet is to have.
  content TEXT NULL, -- The settings; NULL of firmware.
  url VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Where the firmware lies; NULL of settings.
  added_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  added_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY cabinet_release_once (operator_id, kind, version),
  KEY cabinet_release_of_operator (operator_id, id),
  CONSTRAINT cabinet_release_kind_known CHECK (kind IN ('FIRMWARE', 'CONFIG')),
  CONSTRAINT cabinet_release_content CHECK ((content IS NULL) = (kind = 'FIRMWARE') AND (url IS NULL) = (kind = 'CONFIG'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cabinet_rollout (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  release_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The same while it is open: one of a kind at a time.
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  stage INT NOT NULL,
  stage_count INT NOT NULL,
  stage_began_at DATETIME(6) NOT NULL,
  wait_hours INT NULL, -- Where only a person lets it go on.
  faulty_max INT NOT NULL,
  faulty_count INT NOT NULL,
  faulty_accepted INT NOT NULL, -- What a person has seen and gone on all the same.
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of what was asked for: the same key with another wish is refused.
  reason VARCHAR(200) NOT NULL,
  started_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  started_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL, -- While it is open.
  PRIMARY KEY (id),
  UNIQUE KEY cabinet_rollout_once (operator_id, idempotency_key),
  UNIQUE KEY cabinet_rollout_open_once (open_operator_id, kind),
  KEY cabinet_rollout_of_operator (operator_id, id),
  CONSTRAINT cabinet_rollout_kind_known CHECK (kind IN ('FIRMWARE', 'CONFIG')),
  CONSTRAINT cabinet_rollout_state_known CHECK (state IN ('RUNNING', 'HALTED', 'ROLLING_BACK', 'DONE', 'ROLLED_BACK', 'ENDED')),
  CONSTRAINT cabinet_rollout_open CHECK ((open_operator_id IS NULL) = (state IN ('DONE', 'ROLLED_BACK', 'ENDED')) AND (ended_at IS NULL) = (open_operator_id IS NOT NULL)),
  CONSTRAINT cabinet_rollout_stages CHECK (stage >= 1 AND stage <= stage_count)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS cabinet_rollout_target (
  rollout_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  stage INT NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  former_version VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- What it was meant to have, or had, before; NULL where nobody knows.
  command_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- By which it was told last; NULL until it is.
  told_count INT NOT NULL,
  told_at DATETIME(6) NULL, -- When it was told first; NULL until then.
  settled_at DATETIME(6) NULL, -- While it has yet to be told, or to answer.
  PRIMARY KEY (rollout_id, cabinet_id),
  KEY cabinet_rollout_target_in_stage (rollout_id, state, stage),
  CONSTRAINT cabinet_rollout_target_state_known CHECK (state IN ('AHEAD', 'TOLD', 'DONE', 'FAILED', 'LEFT', 'REVERTING', 'REVERTED')),
  CONSTRAINT cabinet_rollout_target_settled CHECK ((settled_at IS NULL) = (state IN ('AHEAD', 'TOLD', 'REVERTING')))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
