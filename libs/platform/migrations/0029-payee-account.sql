-- Where payees' money goes. The number is sealed; a change is a new row that has to be verified anew.

CREATE TABLE IF NOT EXISTS payee_account (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payee_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payee_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Merchant, household, counter; the county code of a fund.
  current_of VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The payee, while this is their account; null once it was replaced.
  method VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_name VARCHAR(120) NOT NULL,
  bank_name VARCHAR(120) NOT NULL,
  bank_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The bank's CNAPS number; some banks find themselves by name.
  number_cipher VARBINARY(255) NOT NULL, -- AES-256-GCM: nonce, tag, number; bound to the row's id.
  key_id VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  last_four VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  proposed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  proposed_at DATETIME(6) NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  verified_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until somebody else has looked.
  verified_at DATETIME(6) NULL,
  verified_how VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  evidence VARCHAR(200) NULL, -- The document, or the reference of the test transfer.
  block_reason VARCHAR(400) NULL, -- Unless it is blocked.
  PRIMARY KEY (id),
  UNIQUE KEY payee_account_current_once (current_of),
  UNIQUE KEY payee_account_idempotency (proposed_by, idempotency_key),
  KEY payee_account_of_payee (payee_id, id),
  KEY payee_account_by_state (state, id),
  CONSTRAINT payee_account_kind_known CHECK (payee_kind IN ('MERCHANT', 'HOUSEHOLD', 'OPERATOR', 'FUND')),
  CONSTRAINT payee_account_method_known CHECK (method IN ('BANK', 'STRIPE')),
  CONSTRAINT payee_account_state_known CHECK (state IN ('UNVERIFIED', 'VERIFIED', 'BLOCKED', 'REPLACED')),
  CONSTRAINT payee_account_proof_known CHECK (verified_how IN ('DOCUMENTS', 'TEST_TRANSFER')),
  CONSTRAINT payee_account_replaced_or_current CHECK ((state = 'REPLACED') = (current_of IS NULL)),
  CONSTRAINT payee_account_verified_by_another CHECK (state <> 'VERIFIED' OR (verified_by IS NOT NULL AND verified_by <> proposed_by
    AND verified_how IS NOT NULL AND verified_at IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
