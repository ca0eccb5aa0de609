-- What the platform bills sellers for its service, month by month, as their statements show it. In one table with what sellers bill buyers: one desk carries both.

ALTER TABLE invoice ADD COLUMN subject VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'GOODS';

-- The month of service fees; none for goods.
ALTER TABLE invoice ADD COLUMN period CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- Service fees are of no order, and bill the merchant.
ALTER TABLE invoice MODIFY COLUMN order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE invoice MODIFY COLUMN merchant_order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE invoice MODIFY COLUMN buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE invoice ADD CONSTRAINT invoice_subject_known CHECK (subject IN ('GOODS', 'SERVICE_FEE'));

ALTER TABLE invoice ADD CONSTRAINT invoice_of_subject CHECK ((subject = 'GOODS') = (period IS NULL) AND (period IS NULL) = (order_id IS NOT NULL) AND (period IS NULL) = (merchant_order_id IS NOT NULL) AND (period IS NULL) = (buyer_id IS NOT NULL));

-- Of a merchant and month one blue one, of each statement that shows something going back of it one red one; anew where it failed.
ALTER TABLE invoice ADD UNIQUE KEY invoice_fee_once (merchant_id, period, kind, refund_id, attempt);

CREATE TABLE IF NOT EXISTS service_fee_bill (
  statement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fee_fen BIGINT NOT NULL, -- As the statement shows it; below nothing where more went back than came.
  blue_fen BIGINT NOT NULL,
  red_fen BIGINT NOT NULL,
  billed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (statement_id),
  UNIQUE KEY service_fee_bill_month (merchant_id, month),
  KEY service_fee_bill_of_month (month, merchant_id),
  CONSTRAINT service_fee_bill_whole CHECK (fee_fen = blue_fen - red_fen AND blue_fen >= 0 AND red_fen >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What earlier months of a chain say of an order.
ALTER TABLE statement_line ADD KEY statement_line_of_order (chained_payee_id, order_id);

-- How the platform's own service is taxed stands beside how sellers' goods are, in the platform's name.
ALTER TABLE tax_treatment DROP CONSTRAINT tax_treatment_subject_known;

ALTER TABLE tax_treatment ADD CONSTRAINT tax_treatment_subject_known CHECK (subject IN ('GOODS', 'CATEGORY', 'FREIGHT', 'SERVICE'));

ALTER TABLE tax_treatment ADD CONSTRAINT tax_treatment_service CHECK ((subject = 'SERVICE') = (merchant_id = 'platform'));
