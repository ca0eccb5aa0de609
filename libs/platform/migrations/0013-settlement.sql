-- Who gets what of a sale: the versioned rule, and the shares it gave, frozen per line together with what was taken back or released.

CREATE TABLE IF NOT EXISTS split_rule (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NOT NULL,
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '*' for every channel that has no rule of its own.
  merchant_bps INT NOT NULL,
  household_bps INT NOT NULL,
  platform_bps INT NOT NULL,
  operator_bps INT NOT NULL,
  fund_bps INT NOT NULL,
  effective_from DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY split_rule_version (channel_kind, version),
  KEY split_rule_in_force (channel_kind, effective_from),
  CONSTRAINT split_rule_makes_the_whole CHECK (merchant_bps >= 0 AND household_bps >= 0 AND platform_bps >= 0 AND operator_bps >= 0
    AND fund_bps >= 0 AND merchant_bps + household_bps + platform_bps + operator_bps + fund_bps = 10000)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS split_share (
  line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The order line; the merchant order for its freight.
  rank_no INT NOT NULL,
  merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rule_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payee_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payee_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Merchant, household, counter operator; a county code for pool and fund; '' for the platform.
  share_fen BIGINT NOT NULL,
  reversed_fen BIGINT NOT NULL DEFAULT 0,
  released_fen BIGINT NOT NULL DEFAULT 0,
  released_at DATETIME(6) NULL, -- Until the after-sale window is over; refunds then come from what may be paid out.
  PRIMARY KEY (line_id, rank_no),
  KEY split_share_of_merchant_order (merchant_order_id),
  KEY split_share_of_order (order_id),
  KEY split_share_of_payee (payee_kind, payee_id),
  CONSTRAINT split_share_payee_known CHECK (payee_kind IN ('MERCHANT', 'HOUSEHOLD', 'HOUSEHOLD_POOL', 'PLATFORM', 'OPERATOR', 'FUND')),
  CONSTRAINT split_share_never_over CHECK (share_fen >= 0 AND reversed_fen >= 0 AND released_fen >= 0
    AND reversed_fen <= share_fen AND released_fen <= share_fen)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What each refund took from each share, so that a refund that fails gives exactly that back.
CREATE TABLE IF NOT EXISTS split_reversal (
  refund_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rank_no INT NOT NULL,
  amount_fen BIGINT NOT NULL,
  taken_from VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- HELD, or AVAILABLE where the share had been released.
  undone_at DATETIME(6) NULL, -- Unless the provider refused the refund and the money went back.
  PRIMARY KEY (refund_id, line_id, rank_no),
  KEY split_reversal_of_share (line_id, rank_no),
  CONSTRAINT split_reversal_amount_positive CHECK (amount_fen > 0),
  CONSTRAINT split_reversal_source_known CHECK (taken_from IN ('HELD', 'AVAILABLE'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
