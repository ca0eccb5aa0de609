-- Titles by which a unit may be billed besides its own, those that orders were placed with, and a unit's orders in the order of time.

CREATE TABLE IF NOT EXISTS procurement_invoice_title (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(120) NOT NULL,
  tax_no VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  added_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  added_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL, -- Null while it may be ordered by.
  PRIMARY KEY (id),
  UNIQUE KEY procurement_invoice_title_once (unit_id, tax_no, title)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS order_invoice_title (
  order_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(120) NOT NULL, -- Frozen when the order is placed; where there is no row, the title of the unit's register.
  tax_no VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (order_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE customer_order ADD INDEX customer_order_of_unit (unit_id, id);
