-- What merchants want to offer and to change of what they offer, typed bit by bit and looked at before it holds; and what goods look like.

CREATE TABLE IF NOT EXISTS product_listing (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of the first save; one per merchant.
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Of new goods NULL until approved.
  open_product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- While it is open: of one product there is one change at a time.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content JSON NOT NULL, -- As it was typed, complete or not.
  base JSON NULL, -- What was on sale when it was handed in; NULL of new goods, and until handed in.
  revision INT NOT NULL,
  name VARCHAR(120) NOT NULL, -- '' until handed in.
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of its merchant: whose officials review it.
  is_price_held BOOLEAN NOT NULL,
  created_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  submitted_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL until handed in, like the next.
  submitted_at DATETIME(6) NULL,
  decided_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Who sent it back or approved it; NULL before.
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY product_listing_once (merchant_id, idempotency_key),
  UNIQUE KEY product_listing_open (open_product_id),
  KEY product_listing_of (merchant_id, id),
  KEY product_listing_queue (state, id),
  CONSTRAINT product_listing_state_known CHECK (state IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'WITHDRAWN'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Append-only.
CREATE TABLE IF NOT EXISTS product_listing_step (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  listing_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  act VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(500) NOT NULL, -- '' for what needs none.
  fields JSON NOT NULL, -- What is to be mended, field by field; [] for other acts.
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY product_listing_step_of (listing_id, id),
  CONSTRAINT product_listing_act_known CHECK (act IN ('SUBMITTED', 'RETURNED', 'APPROVED', 'WITHDRAWN'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS product_photo (
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position INT NOT NULL,
  file_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (product_id, position)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
