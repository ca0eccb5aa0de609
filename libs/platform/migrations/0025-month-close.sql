-- The close of a month: fed until its cut-off, reviewed, locked with its figures frozen, published. What comes later counts later.

CREATE TABLE IF NOT EXISTS volume_close (
  month DATE NOT NULL, -- Its first day.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cut_off_on DATE NOT NULL, -- The last day on which feeds of the month are taken in.
  review_until DATE NOT NULL, -- The day by which it should be locked.
  cut_off_at DATETIME(6) NULL, -- Null while feeds are open.
  frozen_through DATE NULL, -- The last of its days of which the figures are frozen; null before the first.
  frozen_count BIGINT NOT NULL DEFAULT 0, -- Facts of those days, counted beside the figures.
  frozen_recognised_fen BIGINT NOT NULL DEFAULT 0, -- Their recognised sum, likewise.
  recognised_fen BIGINT NULL, -- Of the locked month; null before.
  certified_fen BIGINT NULL, -- Of the locked month; null before.
  content_hash VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL, -- SHA-256 over the frozen figures; null before they are whole.
  PRIMARY KEY (month),
  KEY volume_close_in_state (state, month),
  CONSTRAINT volume_close_state_known CHECK (state IN ('OPEN', 'CUT_OFF', 'IN_REVIEW', 'LOCKING', 'LOCKED', 'PUBLISHED')),
  CONSTRAINT volume_close_cut_off_told CHECK ((state = 'OPEN') = (cut_off_at IS NULL)),
  CONSTRAINT volume_close_hashed_when_locked CHECK ((state IN ('LOCKED', 'PUBLISHED')) = (content_hash IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_close_step (
  month DATE NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- What it reached.
  actor_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null where the clock did it.
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (month, state)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_month_frozen (
  month DATE NOT NULL, -- Its first day.
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_certified TINYINT(1) NOT NULL,
  ordered_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL,
  delivered_fen BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL,
  certified_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  declared_fen BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  PRIMARY KEY (month, origin_county_code, product_id, channel_kind, is_certified)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Where a rollup and the facts say different things: the rollup's figure less the facts'.
CREATE TABLE IF NOT EXISTS volume_difference (
  day DATE NOT NULL,
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordered_fen BIGINT NOT NULL,
  paid_fen BIGINT NOT NULL,
  refunded_fen BIGINT NOT NULL,
  delivered_fen BIGINT NOT NULL,
  recognised_fen BIGINT NOT NULL,
  certified_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL,
  declared_fen BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  fact_count BIGINT NOT NULL,
  found_at DATETIME(6) NOT NULL,
  PRIMARY KEY (day, origin_county_code, product_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS volume_check (
  checked_on DATE NOT NULL, -- The business day of the round; all days are compared once in it.
  through_day DATE NULL, -- How far it has come; null before the first day.
  day_count INT NOT NULL,
  difference_count INT NOT NULL,
  finished_at DATETIME(6) NULL, -- Null while it runs.
  PRIMARY KEY (checked_on)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Whoever records facts passes it with others; the lock of a month takes it alone, so that a fact counts either before or after.
INSERT IGNORE INTO volume_gate (name) VALUES ('FACTS');
