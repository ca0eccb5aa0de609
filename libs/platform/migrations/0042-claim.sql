-- Sales made elsewhere, claimed with evidence and reviewed by another organisation.

CREATE TABLE IF NOT EXISTS claim (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of the first save; one per person.
  claimant_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  claimant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The merchant, or the division whose official claims.
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Who reviews: officials of divisions that hold it.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content JSON NOT NULL, -- As it was typed, complete or not.
  revision INT NOT NULL,
  total_fen BIGINT NOT NULL, -- 0 until submitted, like the line count.
  line_count INT NOT NULL,
  buyer_name VARCHAR(80) NOT NULL, -- '' until submitted.
  buyer_key VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  submitted_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL until submitted, like the next.
  submitted_at DATETIME(6) NULL,
  decided_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL until decided.
  PRIMARY KEY (id),
  UNIQUE KEY claim_once (created_by, idempotency_key),
  KEY claim_of_claimant (claimant_id, id),
  KEY claim_queue (state, id),
  CONSTRAINT claim_claimant_known CHECK (claimant_kind IN ('MERCHANT', 'DIVISION')),
  CONSTRAINT claim_state_known CHECK (state IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'REJECTED', 'REVERSED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS claim_line (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  claim_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position INT NOT NULL,
  sold_on DATE NOT NULL,
  amount_fen BIGINT NOT NULL,
  quantity INT NOT NULL,
  weight_g BIGINT NOT NULL,
  product_name VARCHAR(80) NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' where it is none of ours.
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seller_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  origin_village_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  certification_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for none.
  linkage_agreement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (id),
  KEY claim_line_of_claim (claim_id, position),
  CONSTRAINT claim_line_within CHECK (amount_fen > 0 AND quantity > 0 AND weight_g >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS claim_evidence (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  claim_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position INT NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  invoice_no VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for what is no e-invoice.
  file_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for an e-invoice that is known by its number alone.
  PRIMARY KEY (id),
  KEY claim_evidence_of_claim (claim_id, position),
  KEY claim_evidence_of_file (file_id),
  CONSTRAINT claim_evidence_kind_known CHECK (kind IN ('E_INVOICE', 'CONTRACT', 'BANK_SLIP', 'PHOTO', 'OTHER'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Append-only.
CREATE TABLE IF NOT EXISTS claim_step (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  claim_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  act VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(500) NOT NULL, -- '' for what needs none.
  fields JSON NOT NULL, -- What is to be mended, field by field; [] for other acts.
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY claim_step_of_claim (claim_id, id),
  CONSTRAINT claim_step_act_known CHECK (act IN ('SUBMITTED', 'RETURNED', 'APPROVED', 'REJECTED', 'REVERSED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
