-- What a presale promises is registered as a harvest of its batch, and counts against what its village can grow.

-- What its merchant has said can leave on the day; what of it may be promised by now is capacity_g.
ALTER TABLE presale_day ADD COLUMN announced_g INT NOT NULL;

UPDATE presale_day SET announced_g = capacity_g;

ALTER TABLE presale_day ADD CONSTRAINT presale_day_announced CHECK (capacity_g <= announced_g);

-- Its presale, and what of the weight that promises; NULL and 0 of what was registered by itself.
ALTER TABLE harvest_batch ADD COLUMN presale_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE harvest_batch ADD COLUMN presold_g BIGINT NOT NULL;

-- Nothing is left of a presale that was closed before anybody ordered.
ALTER TABLE harvest_batch DROP CONSTRAINT harvest_batch_weight;

ALTER TABLE harvest_batch ADD CONSTRAINT harvest_batch_weight CHECK (weight_g >= 0 AND granted_g >= 0 AND granted_g <= weight_g AND presold_g >= 0 AND presold_g <= weight_g);

-- Of what comes in no more nothing waits.
UPDATE harvest_batch SET review_state = 'NONE' WHERE closed_at IS NOT NULL AND review_state = 'WAITING';

-- What was opened before counts as well, and stays granted.
INSERT INTO harvest_batch (batch_id, merchant_id, product_id, kind_code, county_code, village_code, harvested_from, harvested_until, daily_g, weight_g, granted_g,
  review_state, review_reason, reviewed_by, reviewed_at, registered_by, idempotency_key, content_hash, registered_at, closed_at, presale_id, presold_g)
SELECT p.batch_id, p.merchant_id, p.product_id, g.kind_code, b.origin_county_code, b.origin_village_code, p.first_on, p.last_on, NULL, d.grams, d.grams,
  'NONE', '', NULL, NULL, p.opened_by, p.id, '', p.created_at, NULL, p.id, d.grams
FROM presale p JOIN product g ON g.id = p.product_id JOIN product_batch b ON b.id = p.batch_id
JOIN (SELECT q.id, SUM(IF(q.state = 'OPEN', y.capacity_g, y.reserved_g + y.shipped_g)) AS grams FROM presale q JOIN presale_day y ON y.presale_id = q.id GROUP BY q.id) d ON d.id = p.id
WHERE b.origin_village_code IS NOT NULL AND NOT EXISTS (SELECT 1 FROM harvest_batch h WHERE h.batch_id = p.batch_id);
