-- Split rules per product, merchant and channel that two people publish, the contribution of what is not certified, what the providers allow,
-- and what each line was split by.

-- '*', or what it is for, the most specific first: 'P:prd_…', 'M:mer_…', 'C:COUNTER', also two together as 'P:prd_…/C:COUNTER'.
ALTER TABLE split_rule ADD COLUMN scope_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '*';

UPDATE split_rule SET scope_key = CONCAT('C:', channel_kind) WHERE channel_kind <> '*' AND scope_key = '*';

-- '' for every product.
ALTER TABLE split_rule ADD COLUMN product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- '' for every merchant.
ALTER TABLE split_rule ADD COLUMN merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- Who bears what the payment provider keeps.
ALTER TABLE split_rule ADD COLUMN fee_bearer VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'PLATFORM';

ALTER TABLE split_rule ADD COLUMN state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'PUBLISHED';

-- '' for the rules that were there from the start, here and below.
ALTER TABLE split_rule ADD COLUMN created_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

ALTER TABLE split_rule ADD COLUMN created_at DATETIME(6) NOT NULL DEFAULT '2018-12-31 16:00:00.000000';

-- Null for the rules that were there from the start.
ALTER TABLE split_rule ADD COLUMN idempotency_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- Null until it is proposed.
ALTER TABLE split_rule ADD COLUMN approval_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- Null until it is published; versions of a scope have no gap.
ALTER TABLE split_rule MODIFY COLUMN version INT NULL;

ALTER TABLE split_rule DROP INDEX split_rule_version;

ALTER TABLE split_rule DROP INDEX split_rule_in_force;

ALTER TABLE split_rule ADD UNIQUE KEY split_rule_version_of_scope (scope_key, version);

ALTER TABLE split_rule ADD UNIQUE KEY split_rule_drafted_once (idempotency_key);

ALTER TABLE split_rule ADD KEY split_rule_in_force (scope_key, state, effective_from);

ALTER TABLE split_rule ADD CONSTRAINT split_rule_state_known CHECK (state IN ('DRAFT', 'PROPOSED', 'PUBLISHED', 'REJECTED', 'WITHDRAWN'));

ALTER TABLE split_rule ADD CONSTRAINT split_rule_fee_bearer_known CHECK (fee_bearer IN ('PLATFORM', 'SELLER'));

ALTER TABLE split_rule ADD CONSTRAINT split_rule_versions_are_published CHECK ((state = 'PUBLISHED') = (version IS NOT NULL));

CREATE TABLE IF NOT EXISTS contribution_rule (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT NULL, -- Null until it is published; versions of a scope have no gap.
  scope_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '*', or 'C:COUNTER'.
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '*' for every channel that has no rule of its own.
  bps INT NOT NULL, -- Of the goods value, out of the merchant's part.
  effective_from DATETIME(6) NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for the rule that was there from the start.
  created_at DATETIME(6) NOT NULL,
  idempotency_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null for the rule that was there from the start.
  approval_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null until it is proposed.
  PRIMARY KEY (id),
  UNIQUE KEY contribution_rule_version_of_scope (scope_key, version),
  UNIQUE KEY contribution_rule_drafted_once (idempotency_key),
  KEY contribution_rule_in_force (scope_key, state, effective_from),
  CONSTRAINT contribution_rule_state_known CHECK (state IN ('DRAFT', 'PROPOSED', 'PUBLISHED', 'REJECTED', 'WITHDRAWN')),
  CONSTRAINT contribution_rule_versions_are_published CHECK ((state = 'PUBLISHED') = (version IS NOT NULL)),
  CONSTRAINT contribution_rule_is_a_part CHECK (bps BETWEEN 0 AND 10000)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO contribution_rule
  (id, version, scope_key, channel_kind, bps, effective_from, state, created_by, created_at)
VALUES
  ('ctr_00000000000000000000000001', 1, 'C:COUNTER', 'COUNTER', 100, '2018-12-31 16:00:00.000000', 'PUBLISHED', '', '2018-12-31 16:00:00.000000');

-- What the payment providers allow. The migration that brings a provider's gateway puts it to use here.
CREATE TABLE IF NOT EXISTS split_provider (
  code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_used TINYINT(1) NOT NULL,
  non_seller_max_bps INT NULL, -- Null where the provider sets no limit.
  PRIMARY KEY (code),
  CONSTRAINT split_provider_limit_is_a_part CHECK (non_seller_max_bps BETWEEN 0 AND 10000)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO split_provider (code, is_used, non_seller_max_bps) VALUES
  ('STRIPE', 1, NULL),
  ('WECHAT_MERCHANT', 0, 3000),
  ('ALIPAY', 0, 3000);

-- What a line was split by: its base, and what decided.
CREATE TABLE IF NOT EXISTS split_line (
  line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The order line; the merchant order for its freight.
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  base_fen BIGINT NOT NULL,
  subsidy_fen BIGINT NOT NULL, -- Of the base: paid by the platform and not by the buyer.
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for freight.
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for freight.
  is_certified TINYINT(1) NOT NULL, -- When it was paid.
  fee_bearer VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (line_id),
  KEY split_line_of_order (order_id),
  CONSTRAINT split_line_base_positive CHECK (base_fen > 0),
  CONSTRAINT split_line_subsidy_within CHECK (subsidy_fen BETWEEN 0 AND base_fen),
  CONSTRAINT split_line_fee_bearer_known CHECK (fee_bearer IN ('PLATFORM', 'SELLER'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Of lines that were split before this was kept, only the base is known.
INSERT IGNORE INTO split_line (line_id, order_id, merchant_order_id, base_fen, subsidy_fen, product_id, channel_kind, is_certified, fee_bearer)
  SELECT line_id, order_id, merchant_order_id, SUM(share_fen), 0, '', '', 0, 'PLATFORM' FROM split_share
  GROUP BY line_id, order_id, merchant_order_id;

-- What a pool has passed on to households that were named later; their shares are rows of their own.
ALTER TABLE split_share ADD COLUMN assigned_fen BIGINT NOT NULL DEFAULT 0;

-- What the payee bears of the payment provider's fee.
ALTER TABLE split_share ADD COLUMN fee_fen BIGINT NOT NULL DEFAULT 0;

ALTER TABLE split_share DROP CONSTRAINT split_share_payee_known;

ALTER TABLE split_share ADD CONSTRAINT split_share_payee_known
  CHECK (payee_kind IN ('MERCHANT', 'HOUSEHOLD', 'HOUSEHOLD_POOL', 'PLATFORM', 'OPERATOR', 'FUND', 'CONTRIBUTION'));

ALTER TABLE split_share ADD CONSTRAINT split_share_parts_within
  CHECK (assigned_fen >= 0 AND fee_fen >= 0 AND reversed_fen + assigned_fen + fee_fen <= share_fen);
