-- Kinds of goods, what they cost month by month as officials keep it, and what became of every price.

CREATE TABLE IF NOT EXISTS goods_kind (
  code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  category_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  keeper_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Whose officials keep its reference prices.
  name_zh VARCHAR(40) NOT NULL,
  name_en VARCHAR(60) NOT NULL,
  position INT NOT NULL,
  PRIMARY KEY (code)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Append-only: what was recorded last holds.
CREATE TABLE IF NOT EXISTS reference_price (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  grade VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  month_from CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Both months included.
  month_to CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  jin_price_fen BIGINT NOT NULL, -- Of 500 g.
  source VARCHAR(200) NOT NULL,
  recorded_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  recorded_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY reference_price_once (recorded_by, idempotency_key),
  KEY reference_price_of_kind (kind_code, grade, id),
  CONSTRAINT reference_price_grade_known CHECK (grade IN ('EXTRA', 'FIRST', 'SECOND', 'UNGRADED')),
  CONSTRAINT reference_price_months CHECK (month_from <= month_to),
  CONSTRAINT reference_price_positive CHECK (jin_price_fen > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Append-only.
CREATE TABLE IF NOT EXISTS price_change (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  variant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  price_fen BIGINT NOT NULL,
  net_weight_g INT NOT NULL,
  grade VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(500) NULL, -- A reviewer's, where it is far above the reference price; NULL for what needs none.
  set_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL for what came with the house.
  changed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY price_change_of_product (product_id, id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE product ADD COLUMN kind_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE product_variant ADD COLUMN grade VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'UNGRADED';

ALTER TABLE product_variant ADD CONSTRAINT product_variant_grade_known CHECK (grade IN ('EXTRA', 'FIRST', 'SECOND', 'UNGRADED'));

-- What everything costs when its history begins; a variant's own id makes that of its first price, so that a second run finds it there.
INSERT IGNORE INTO price_change (id, product_id, variant_id, price_fen, net_weight_g, grade, reason, set_by, changed_at)
SELECT CONCAT('pch_', SUBSTRING(v.id, 5)), v.product_id, v.id, v.price_fen, v.net_weight_g, v.grade, NULL, NULL, p.listed_at
FROM product_variant v JOIN product p ON p.id = v.product_id;
