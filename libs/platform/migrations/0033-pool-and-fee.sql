-- Households' money that waited in a county's pool is passed on to households that are named later; and what the payment provider kept of a
-- payment is borne by those with a share, where their rule says so.

CREATE TABLE IF NOT EXISTS pool_assignment (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' where the goods came from nowhere known.
  note VARCHAR(400) NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  idempotency_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  approval_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  assigned_fen BIGINT NULL, -- Until it is posted: refunds may still take from the pool.
  PRIMARY KEY (id),
  UNIQUE KEY pool_assignment_once (idempotency_key),
  CONSTRAINT pool_assignment_state_known CHECK (state IN ('PROPOSED', 'POSTED', 'REJECTED', 'WITHDRAWN')),
  CONSTRAINT pool_assignment_posted_has_amount CHECK ((state = 'POSTED') = (assigned_fen IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS pool_assignment_line (
  assignment_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (assignment_id, line_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS pool_assignment_household (
  assignment_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  household_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  weight INT NOT NULL,
  PRIMARY KEY (assignment_id, household_id),
  CONSTRAINT pool_assignment_weight_positive CHECK (weight > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Which payment was split; '' on lines older than the column.
ALTER TABLE split_line ADD COLUMN payment_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- What the provider kept of payments, and how much of it was passed on to those with a share.
CREATE TABLE IF NOT EXISTS split_fee (
  movement_ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payment_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fee_fen BIGINT NOT NULL,
  borne_fen BIGINT NULL, -- Until its payment has been split.
  PRIMARY KEY (movement_ref),
  KEY split_fee_of_order (order_id, payment_id),
  CONSTRAINT split_fee_borne_within CHECK (fee_fen > 0 AND borne_fen BETWEEN 0 AND fee_fen)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
