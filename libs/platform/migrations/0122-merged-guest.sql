-- Who a guest has become: an order that was on its way at that moment is claimed once it is there.
CREATE TABLE IF NOT EXISTS merged_guest (
  guest_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  buyer_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merged_at DATETIME(6) NOT NULL,
  PRIMARY KEY (guest_id),
  KEY merged_guest_by_age (merged_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Who is suspended is asked whenever somebody begins to pay.
ALTER TABLE merchant ADD KEY merchant_by_state (state);
