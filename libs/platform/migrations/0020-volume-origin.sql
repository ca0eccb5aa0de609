-- Who and whence, of a fact: which system tells of it under which number, and keyed digests by which buyers and addresses can be compared without
-- being known. Only what is new carries them; '' is unknown, which is a value.

-- TAOYUAN, a partner's code, or CLAIM.
ALTER TABLE volume_fact ADD COLUMN source_system VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- The order's number over there.
ALTER TABLE volume_fact ADD COLUMN source_order_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- The line's number within it.
ALTER TABLE volume_fact ADD COLUMN source_line_no VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- Digest under a secret of ours: the same buyer has the same key in every source.
ALTER TABLE volume_fact ADD COLUMN buyer_key VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- The same for where goods went.
ALTER TABLE volume_fact ADD COLUMN address_key VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- From the batch; the county stays the axis.
ALTER TABLE volume_fact ADD COLUMN origin_village_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

ALTER TABLE volume_fact ADD INDEX volume_fact_of_buyer (buyer_key, origin_day);

ALTER TABLE volume_fact ADD INDEX volume_fact_of_merchant (merchant_id, event_day);

ALTER TABLE volume_fact ADD INDEX volume_fact_of_point (channel_point_id, event_day);

ALTER TABLE volume_fact ADD INDEX volume_fact_of_line (source_order_no, source_line_no);

-- Facts that no integrity check has looked at yet. Never "id > last": facts do not commit in the order of their ids.
CREATE TABLE IF NOT EXISTS volume_fact_unchecked (
  fact_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (fact_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
