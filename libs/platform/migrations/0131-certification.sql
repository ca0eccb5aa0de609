-- Products are recognised by a chain of offices that is data; who is in the catalogue counts at the moment of a sale.

-- How far re-checks can carry valid_to, NULL: no further.
ALTER TABLE certification ADD COLUMN term_ends_at DATETIME(6) NULL;

CREATE TABLE IF NOT EXISTS certification_scheme (
  code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name_zh VARCHAR(80) NOT NULL,
  name_en VARCHAR(80) NOT NULL,
  number_prefix VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- What catalogue numbers begin with.
  chain JSON NOT NULL, -- Steps in their order: {"kind","office","days"}.
  commodity_value_min_fen BIGINT NOT NULL, -- 0 where the scheme states none.
  household_min INT NOT NULL, -- Linked households that are in force, at application and at each re-check.
  valid_months INT NOT NULL,
  recheck_months INT NOT NULL, -- After so many an entry lapses unless it was re-checked; not more than valid_months.
  is_open BOOLEAN NOT NULL, -- Whether it takes applications; entries count either way.
  PRIMARY KEY (code)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT INTO certification_scheme (code, name_zh, name_en, number_prefix, chain, commodity_value_min_fen, household_min, valid_months, recheck_months, is_open) VALUES
  ('NATIONAL_2020', '扶贫产品认定（2020）', 'Poverty-alleviation products (2020)', 'HN', '[{"kind":"DECISION","office":"COUNTY","days":null},{"kind":"DECISION","office":"CITY","days":null},{"kind":"DECISION","office":"PROVINCE","days":null},{"kind":"DECISION","office":"NATION","days":null}]', 0, 1, 36, 12, FALSE),
  ('COUNTY_2020', '县级认定（乡镇初审、部门复核、县审定）', 'County practice of 2020', 'XJ', '[{"kind":"DECISION","office":"TOWNSHIP","days":null},{"kind":"DECISION","office":"SECTOR","days":null},{"kind":"DECISION","office":"COUNTY","days":null},{"kind":"NOTICE","office":"COUNTY","days":7},{"kind":"DECISION","office":"CITY","days":null},{"kind":"DECISION","office":"PROVINCE","days":null}]', 0, 1, 36, 12, TRUE),
  ('CITY_2024', '株洲市消费帮扶产品认定（2024）', 'Zhuzhou assistance products (2024)', 'ZZ', '[{"kind":"DECISION","office":"TOWNSHIP","days":null},{"kind":"DECISION","office":"SECTOR","days":null},{"kind":"DECISION","office":"COUNTY","days":null},{"kind":"NOTICE","office":"COUNTY","days":7},{"kind":"DECISION","office":"CITY","days":null}]', 0, 1, 36, 12, TRUE),
  ('NATIONAL_2024', '消费帮扶产品认定（2024）', 'Assistance products (2024)', 'CN', '[{"kind":"DECISION","office":"COUNTY","days":null},{"kind":"DECISION","office":"NATION","days":null},{"kind":"NOTICE","office":"NATION","days":7}]', 50000000, 1, 36, 12, TRUE);

CREATE TABLE IF NOT EXISTS certification_application (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of the first save; one per merchant.
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  scheme_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  submitted_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL until handed in.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content JSON NOT NULL, -- As it was typed, complete or not.
  revision INT NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Where the product comes from.
  place_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Its township once handed in, where one is named; else the county. Whose officials see it.
  chain JSON NOT NULL, -- The scheme's as it was when this was handed in; [] before.
  step_no INT NOT NULL, -- Whose turn it is, from 0; as many as there are steps once all have been taken.
  desk VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The office whose turn it is, with its division; NULL while nobody's.
  waiting_since DATETIME(6) NULL, -- At that desk; NULL while nobody's.
  linked JSON NOT NULL, -- Households behind its agreements when it was handed in, by their opaque ids; [] before.
  linked_person_count INT NOT NULL, -- 0 until handed in.
  commodity_value_fen BIGINT NOT NULL, -- 0 until handed in.
  files JSON NOT NULL, -- Those of its papers that somebody of the merchant has brought.
  open_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL, -- From handing in until it is over: one at a time of a product in a scheme.
  notice_from DATETIME(6) NULL, -- NULL before its public notice.
  notice_to DATETIME(6) NULL, -- NULL before its public notice.
  certification_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL until it is in the catalogue.
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  submitted_at DATETIME(6) NULL, -- NULL until handed in.
  PRIMARY KEY (id),
  UNIQUE KEY certification_application_once (merchant_id, idempotency_key),
  UNIQUE KEY certification_application_open (open_key),
  UNIQUE KEY certification_application_entry (certification_id),
  KEY certification_application_of (merchant_id, id),
  KEY certification_application_desk (desk, id),
  KEY certification_application_notice (state, notice_to),
  CONSTRAINT certification_application_state_known CHECK (state IN ('DRAFT', 'IN_REVIEW', 'ON_NOTICE', 'RETURNED', 'CONFIRMED', 'LISTED', 'REFUSED', 'WITHDRAWN'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Append-only.
CREATE TABLE IF NOT EXISTS certification_step (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  application_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  revision INT NOT NULL, -- Of what was looked at.
  step_no INT NOT NULL, -- Of the chain; the applicant's own acts carry the one it stood at.
  office VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL for the applicant and for the clock.
  act VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL for the clock.
  reason VARCHAR(500) NOT NULL, -- '' for what needs none.
  fields JSON NOT NULL, -- What is to be mended, field by field; [] for other acts.
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY certification_step_of (application_id, id),
  CONSTRAINT certification_step_act_known CHECK (act IN ('SUBMITTED', 'PASSED', 'RETURNED', 'REFUSED', 'WITHDRAWN', 'NOTICE_BEGUN', 'NOTICE_ENDED', 'OBJECTION_UPHELD', 'OBJECTION_DISMISSED', 'LISTED')),
  CONSTRAINT certification_step_office_known CHECK (office IN ('TOWNSHIP', 'SECTOR', 'COUNTY', 'CITY', 'PROVINCE', 'NATION'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS certification_objection (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  application_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  revision INT NOT NULL, -- Of what was on notice.
  digest BINARY(32) NOT NULL, -- Of contact and words: the same objection again is the first one.
  body VARCHAR(500) NOT NULL,
  contact_name VARCHAR(60) NOT NULL, -- '' once it is no longer needed, like the next.
  contact_phone VARCHAR(20) NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  decided_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL while it is open, like the next.
  decided_at DATETIME(6) NULL,
  reason VARCHAR(500) NOT NULL, -- '' while it is open.
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY certification_objection_once (application_id, digest),
  KEY certification_objection_decided (decided_at),
  CONSTRAINT certification_objection_state_known CHECK (state IN ('OPEN', 'UPHELD', 'DISMISSED', 'VOID'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS certification_batch (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  scheme_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  batch_no INT NOT NULL,
  desk VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  application_digest BINARY(32) NOT NULL, -- Of what was asked for: another list under the key is refused.
  entry_count INT NOT NULL,
  valid_from DATETIME(6) NOT NULL,
  issued_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  issued_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY certification_batch_no (scheme_code, batch_no),
  UNIQUE KEY certification_batch_once (issued_by, idempotency_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Append-only.
CREATE TABLE IF NOT EXISTS certification_recheck (
  certification_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  due_at DATETIME(6) NOT NULL, -- When it would have lapsed: each is re-checked once.
  carried_to DATETIME(6) NOT NULL,
  linked_household_count INT NOT NULL,
  reason VARCHAR(500) NOT NULL,
  checked_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  checked_at DATETIME(6) NOT NULL,
  PRIMARY KEY (certification_id, due_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Append-only.
CREATE TABLE IF NOT EXISTS certification_revocation (
  certification_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  wrong_since_on DATE NOT NULL, -- What was sold from that day on is flagged.
  reason VARCHAR(500) NOT NULL,
  revoked_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  revoked_at DATETIME(6) NOT NULL,
  PRIMARY KEY (certification_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Append-only. What was counted as certified by an entry that was revoked: a flag, the register keeps what it says.
CREATE TABLE IF NOT EXISTS volume_certificate_flag (
  certification_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  origin_county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  since_on DATE NOT NULL,
  flagged_at DATETIME(6) NOT NULL,
  PRIMARY KEY (certification_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE unmasking DROP CONSTRAINT unmasking_kind_known;

ALTER TABLE unmasking ADD CONSTRAINT unmasking_kind_known CHECK (kind IN ('CLAIM_BUYER', 'ORDER_RECIPIENT', 'MERCHANT_CONTACT', 'HOUSEHOLD', 'PAYEE_ACCOUNT', 'CERTIFICATION_OBJECTOR'));
