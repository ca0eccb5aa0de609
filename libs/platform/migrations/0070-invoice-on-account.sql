-- Refunds that an invoice is less by: they had gone back when it was asked for, whenever their fact arrives.

CREATE TABLE IF NOT EXISTS invoice_refund (
  invoice_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  refund_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (invoice_id, refund_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- As long as a unit's title and a merchant's name may be.
ALTER TABLE invoice MODIFY COLUMN title VARCHAR(120) NOT NULL;
