-- Who was shown somebody's data in plain, when, for what, and why. The number within the day is what limits it: two at once cannot both be the last.

CREATE TABLE IF NOT EXISTS unmasking (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  purpose VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(400) NOT NULL,
  case_ref VARCHAR(80) NULL, -- Not every reason has a file.
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Where the record lies; what is the platform's lies in none.
  on_day DATE NOT NULL,
  day_no INT NOT NULL, -- From 1 on.
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY unmasking_of_day (actor_id, on_day, day_no),
  CONSTRAINT unmasking_kind_known CHECK (kind IN ('CLAIM_BUYER', 'ORDER_RECIPIENT', 'MERCHANT_CONTACT', 'HOUSEHOLD', 'PAYEE_ACCOUNT')),
  CONSTRAINT unmasking_purpose_known CHECK (purpose IN ('COMPLAINT', 'DISPUTE', 'TAX', 'INSPECTION', 'PAYOUT_ERROR'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
