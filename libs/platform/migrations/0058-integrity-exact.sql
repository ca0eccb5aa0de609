-- What each village has sold of each product, added up as facts are checked: exact however many there are. And a rule for sales of ours
-- that a partner had told of before us.

CREATE TABLE IF NOT EXISTS integrity_village_day (
  village_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  product_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day DATE NOT NULL,
  weight_g BIGINT NOT NULL,
  PRIMARY KEY (village_code, product_id, day)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT INTO integrity_village_day (village_code, product_id, day, weight_g)
SELECT f.origin_village_code, f.product_id, f.event_day, SUM(f.weight_g) FROM volume_fact f
LEFT JOIN volume_fact_unchecked u ON u.fact_id = f.id
WHERE f.origin_village_code <> '' AND f.recognised_fen <> 0 AND f.source <> 'IMPORT' AND u.fact_id IS NULL
GROUP BY f.origin_village_code, f.product_id, f.event_day
ON DUPLICATE KEY UPDATE weight_g = VALUES(weight_g);

ALTER TABLE integrity_flag DROP CONSTRAINT integrity_flag_rule_known;
ALTER TABLE integrity_flag ADD CONSTRAINT integrity_flag_rule_known CHECK (rule IN ('SELF_PURCHASE', 'RING', 'REFUND_AFTER_PERIOD', 'ADDRESS_CLUSTER', 'CAPACITY_EXCEEDED', 'DUPLICATE_SALE', 'DEVICE_RATE', 'DEVICE_OFFLINE', 'DEVICE_CLOCK', 'NIGHT_BULK'));
