-- Whoever sells no more is named with the reason; their goods are on no list meanwhile, and come back by themselves.
CREATE TABLE merchant_suspension (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(200) NOT NULL,
  suspended_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  suspended_at DATETIME(6) NOT NULL,
  reinstated_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  reinstated_at DATETIME(6) NULL,
  PRIMARY KEY (id),
  KEY merchant_suspension_of (merchant_id, reinstated_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

ALTER TABLE product DROP CONSTRAINT product_state_known;

ALTER TABLE product ADD CONSTRAINT product_state_known CHECK (state IN ('DRAFT', 'ON_SALE', 'OFF_SALE', 'WITHHELD'));
