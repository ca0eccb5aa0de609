-- What lists compare by: price of 500 g, and what buyers have received.

ALTER TABLE product ADD COLUMN jin_price_from_fen BIGINT NOT NULL DEFAULT 0;

ALTER TABLE product ADD COLUMN sold_quantity INT NOT NULL DEFAULT 0;

-- Half a fen counts up, as in price.rules.ts.
UPDATE product p SET jin_price_from_fen = (
  SELECT MIN((v.price_fen * 1000 + v.net_weight_g) DIV (v.net_weight_g * 2))
  FROM product_variant v WHERE v.product_id = p.id AND v.state = 'ON_SALE'
) WHERE EXISTS (SELECT 1 FROM product_variant v WHERE v.product_id = p.id AND v.state = 'ON_SALE');

ALTER TABLE product ADD INDEX product_list_by_sold (state, sold_quantity, id);

-- What products are found by. Terms are small letters and digits of our own making, so nothing of a server's (character set, stop
-- words, shortest word) decides what is found.
CREATE TABLE IF NOT EXISTS product_search (
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  terms TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  indexed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (product_id),
  FULLTEXT KEY product_search_terms (terms)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

-- What spelling is corrected towards. Compared byte by byte, because unicode_ci takes many rare characters for the same.
CREATE TABLE IF NOT EXISTS search_word (
  word VARCHAR(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  pinyin VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (word)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
