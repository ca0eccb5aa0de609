-- Why nothing is sold from a slot. One lock per slot and reason is open at a time; what is over stays on record.

CREATE TABLE IF NOT EXISTS slot_lock (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_slot_code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The same until it is released.
  reason VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  detail VARCHAR(200) NOT NULL,
  locked_at DATETIME(6) NOT NULL,
  locked_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Nobody: the clock, or what the cabinet has said.
  released_at DATETIME(6) NULL, -- Until it was.
  released_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Likewise; or nobody.
  PRIMARY KEY (id),
  UNIQUE KEY slot_lock_once (cabinet_id, open_slot_code, reason),
  CONSTRAINT slot_lock_reason_known CHECK (reason IN ('EXPIRED', 'TEMPERATURE', 'FAULT', 'OPERATOR')),
  CONSTRAINT slot_lock_open CHECK ((released_at IS NULL) = (open_slot_code IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
