-- Whoever wants to sell applies with papers; the county recommends, the platform approves.

ALTER TABLE merchant DROP CONSTRAINT merchant_kind_known;

ALTER TABLE merchant ADD CONSTRAINT merchant_kind_known CHECK (kind IN ('COOPERATIVE', 'ENTERPRISE', 'LEADING_ENTERPRISE', 'FAMILY_FARM', 'LARGE_GROWER', 'VILLAGE_COLLECTIVE', 'VENUE_OPERATOR'));

CREATE TABLE IF NOT EXISTS merchant_application (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of the first save; one per person.
  created_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content JSON NOT NULL, -- As it was typed, complete or not.
  revision INT NOT NULL,
  name VARCHAR(120) NOT NULL, -- '' until submitted, like the next.
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Who recommends: officials of divisions that hold it.
  open_credit_code VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NULL, -- While it waits for somebody; nobody else applies for the same meanwhile.
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL until approved.
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  submitted_at DATETIME(6) NULL, -- NULL until submitted.
  recommended_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL until a county has, and again once it was sent back.
  decided_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Who sent it back, refused or approved it; NULL before.
  PRIMARY KEY (id),
  UNIQUE KEY merchant_application_once (created_by, idempotency_key),
  UNIQUE KEY merchant_application_open (open_credit_code),
  KEY merchant_application_of (created_by, id),
  KEY merchant_application_queue (state, id),
  CONSTRAINT merchant_application_state_known CHECK (state IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'RECOMMENDED', 'APPROVED', 'REFUSED', 'WITHDRAWN'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Append-only.
CREATE TABLE IF NOT EXISTS merchant_application_step (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  application_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  act VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(500) NOT NULL, -- '' for what needs none; a county's opinion where it recommends.
  fields JSON NOT NULL, -- What is to be mended, field by field; [] for other acts.
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY merchant_application_step_of (application_id, id),
  CONSTRAINT merchant_application_act_known CHECK (act IN ('SUBMITTED', 'RETURNED', 'RECOMMENDED', 'APPROVED', 'REFUSED', 'WITHDRAWN'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
