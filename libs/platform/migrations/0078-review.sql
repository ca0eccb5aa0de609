-- Reviews: what buyers say of what they got, what sellers answer, and what is not shown.

CREATE TABLE IF NOT EXISTS review (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_line_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  county_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Where the seller is; '' where the order does not say.
  variant_name VARCHAR(80) NOT NULL,
  rating INT NOT NULL,
  text VARCHAR(1000) NOT NULL, -- '' for stars alone.
  shown_name VARCHAR(20) NOT NULL, -- As the buyer is shown: never a name.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state_reason VARCHAR(200) NOT NULL, -- Why it is not shown; '' while it is.
  moderated_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until a person has looked.
  reply VARCHAR(1000) NULL, -- Until the seller answers.
  replied_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Likewise.
  replied_at DATETIME(6) NULL, -- Likewise.
  posted_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY review_once (order_line_id),
  KEY review_of_product (product_id, state, id),
  KEY review_of_product_stars (product_id, state, rating, id),
  KEY review_of_buyer (buyer_id, id),
  KEY review_of_merchant (merchant_id, id),
  KEY review_queue (state, id),
  CONSTRAINT review_state_known CHECK (state IN ('SHOWN', 'HELD', 'HIDDEN')),
  CONSTRAINT review_stars CHECK (rating BETWEEN 1 AND 5),
  CONSTRAINT review_hidden_with_reason CHECK ((state = 'SHOWN') = (state_reason = '')),
  CONSTRAINT review_reply_signed CHECK ((reply IS NULL) = (replied_at IS NULL) AND (reply IS NULL) = (replied_by IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS review_photo (
  review_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position INT NOT NULL,
  photo_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (review_id, position)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS review_summary (
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  stars_1 INT NOT NULL,
  stars_2 INT NOT NULL,
  stars_3 INT NOT NULL,
  stars_4 INT NOT NULL,
  stars_5 INT NOT NULL,
  PRIMARY KEY (product_id),
  CONSTRAINT review_summary_not_negative CHECK (stars_1 >= 0 AND stars_2 >= 0 AND stars_3 >= 0 AND stars_4 >= 0 AND stars_5 >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS review_word (
  word VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, -- As it is compared: lower case, without spaces and signs.
  added_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for those that came with the house.
  added_at DATETIME(6) NOT NULL,
  PRIMARY KEY (word)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- A beginning; whoever runs a shop adds what their buyers come up with.
INSERT IGNORE INTO review_word (word, added_by, added_at) VALUES
  ('加微信', '', '2026-11-01 00:00:00'), ('加v信', '', '2026-11-01 00:00:00'), ('刷单', '', '2026-11-01 00:00:00'),
  ('返现', '', '2026-11-01 00:00:00'), ('好评返', '', '2026-11-01 00:00:00'), ('代开发票', '', '2026-11-01 00:00:00'),
  ('傻逼', '', '2026-11-01 00:00:00'), ('骗子', '', '2026-11-01 00:00:00'), ('http', '', '2026-11-01 00:00:00');
