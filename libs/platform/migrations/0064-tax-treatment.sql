-- How what a seller sells is taxed, as finance has set it, from a day on. Only added to; nobody's is known before it has been set.

CREATE TABLE IF NOT EXISTS tax_treatment (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  category_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' unless it is about a category.
  effective_on DATE NOT NULL, -- The first business day of payment for which it holds.
  revision INT NOT NULL, -- From 1; of one day the highest holds.
  treatment VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rate_bps INT NULL, -- None where it is exempt.
  reason VARCHAR(400) NOT NULL,
  set_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  set_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY tax_treatment_once (merchant_id, subject, category_code, effective_on, revision),
  CONSTRAINT tax_treatment_subject_known CHECK (subject IN ('GOODS', 'CATEGORY', 'FREIGHT')),
  CONSTRAINT tax_treatment_known CHECK (treatment IN ('SELF_PRODUCED_EXEMPT', 'STANDARD', 'SMALL_SCALE')),
  CONSTRAINT tax_treatment_category CHECK ((subject = 'CATEGORY') = (category_code <> '')),
  CONSTRAINT tax_treatment_rated CHECK ((treatment = 'SELF_PRODUCED_EXEMPT') = (rate_bps IS NULL) AND (rate_bps IS NULL OR rate_bps BETWEEN 0 AND 10000)),
  CONSTRAINT tax_treatment_revised CHECK (revision > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What was asked for before is not known to be taxed in any way.
ALTER TABLE invoice_item ADD COLUMN tax_treatment VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'UNSET';

ALTER TABLE invoice_item ADD COLUMN tax_rate_bps INT NULL;

ALTER TABLE invoice_item ADD CONSTRAINT invoice_item_tax_known CHECK (tax_treatment IN ('UNSET', 'SELF_PRODUCED_EXEMPT', 'STANDARD', 'SMALL_SCALE'));
