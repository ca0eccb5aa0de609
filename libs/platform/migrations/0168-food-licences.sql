-- A licence to make food (SC) and one to trade it (JY) are two kinds of paper; which a merchant has to have follows from what it sells. Each statement may run again.

ALTER TABLE merchant_paper DROP CONSTRAINT merchant_paper_kind_known;

-- By what their numbers begin with: none was ever taken with another beginning.
UPDATE merchant_paper
SET open_kind = CASE WHEN open_kind IS NULL THEN NULL WHEN number LIKE 'JY%' THEN 'FOOD_BUSINESS_LICENCE' ELSE 'FOOD_PRODUCTION_LICENCE' END,
  kind = CASE WHEN number LIKE 'JY%' THEN 'FOOD_BUSINESS_LICENCE' ELSE 'FOOD_PRODUCTION_LICENCE' END
WHERE kind = 'FOOD_LICENCE';

ALTER TABLE merchant_paper ADD CONSTRAINT merchant_paper_kind_known CHECK (kind IN ('BUSINESS_LICENCE', 'COLLECTIVE_CERTIFICATE', 'LEGAL_PERSON_ID', 'STANDING_PROOF', 'FOOD_PRODUCTION_LICENCE', 'FOOD_BUSINESS_LICENCE', 'TEST_REPORT', 'SITE_AGREEMENT', 'BANK_PROOF', 'TRUTH_LETTER', 'OTHER'));

-- Beside the one that was accepted last, and counts, the last of the other kind counts as well unless it has ended: nobody is stopped by what was not watched until today.
UPDATE merchant_paper p
JOIN merchant_paper c ON c.merchant_id = p.merchant_id AND c.is_counting = TRUE AND c.kind IN ('FOOD_PRODUCTION_LICENCE', 'FOOD_BUSINESS_LICENCE')
LEFT JOIN merchant_paper q ON q.merchant_id = p.merchant_id AND q.kind = p.kind AND q.state = 'ACCEPTED' AND q.id <> p.id
  AND (q.decided_at > p.decided_at
    OR (q.decided_at = p.decided_at AND COALESCE(q.ends_on, '9999-12-31') < COALESCE(p.ends_on, '9999-12-31'))
    OR (q.decided_at = p.decided_at AND COALESCE(q.ends_on, '9999-12-31') = COALESCE(p.ends_on, '9999-12-31') AND q.id < p.id))
SET p.is_counting = TRUE
WHERE p.kind IN ('FOOD_PRODUCTION_LICENCE', 'FOOD_BUSINESS_LICENCE') AND p.state = 'ACCEPTED' AND q.id IS NULL
  AND COALESCE(p.ends_on, '9999-12-31') >= DATE(DATE_ADD(UTC_TIMESTAMP(), INTERVAL 8 HOUR));

-- Whether anything it sells is more than picked and packed, and who has made it.
ALTER TABLE merchant ADD COLUMN processed_food VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'NONE';

ALTER TABLE merchant ADD CONSTRAINT merchant_processed_food_known CHECK (processed_food IN ('NONE', 'MADE', 'TRADED', 'MADE_AND_TRADED'));

-- As their licences say, of those who had said that they sell processed food; without one on file, as their kind makes likely.
UPDATE merchant m
JOIN merchant_application a ON a.merchant_id = m.id AND a.state = 'APPROVED' AND JSON_UNQUOTE(JSON_EXTRACT(a.content, '$.sellsProcessedFood')) = 'true'
LEFT JOIN merchant_paper s ON s.merchant_id = m.id AND s.is_counting = TRUE AND s.kind = 'FOOD_PRODUCTION_LICENCE'
LEFT JOIN merchant_paper j ON j.merchant_id = m.id AND j.is_counting = TRUE AND j.kind = 'FOOD_BUSINESS_LICENCE'
SET m.processed_food = CASE
  WHEN s.id IS NOT NULL AND j.id IS NOT NULL THEN 'MADE_AND_TRADED'
  WHEN s.id IS NOT NULL THEN 'MADE'
  WHEN j.id IS NOT NULL OR m.kind = 'VENUE_OPERATOR' THEN 'TRADED'
  ELSE 'MADE' END;

-- A venue's operator has to have a licence to trade; one that has brought one to make food makes some, and keeps being held to it.
UPDATE merchant m
JOIN merchant_paper s ON s.merchant_id = m.id AND s.is_counting = TRUE AND s.kind = 'FOOD_PRODUCTION_LICENCE'
SET m.processed_food = 'MADE'
WHERE m.kind = 'VENUE_OPERATOR' AND m.processed_food = 'NONE';

-- From now on both are watched. What had ended before had ended for the sale as well, so no day moves into the past.
UPDATE merchant m JOIN (
  SELECT merchant_id, MIN(ends_on) AS ends_on FROM merchant_paper
  WHERE is_counting = TRUE AND ends_on IS NOT NULL AND kind IN ('BUSINESS_LICENCE', 'COLLECTIVE_CERTIFICATE', 'FOOD_PRODUCTION_LICENCE', 'FOOD_BUSINESS_LICENCE') GROUP BY merchant_id
) p ON p.merchant_id = m.id
SET m.licensed_until = p.ends_on, m.licence_due_on = p.ends_on
WHERE NOT (m.licensed_until <=> p.ends_on);

-- What was typed, likewise. Keys stand in the order in which they were written, in MySQL shortest first: kind, and then number. What has no number yet is what its applicant more likely needs.
UPDATE merchant_application
SET content = REGEXP_REPLACE(REGEXP_REPLACE(CAST(content AS CHAR), '"kind": ?"FOOD_LICENCE", ?"number": ?"JY', '"kind":"FOOD_BUSINESS_LICENCE","number":"JY'),
  '"kind": ?"FOOD_LICENCE"', IF(JSON_UNQUOTE(JSON_EXTRACT(content, '$.kind')) = 'VENUE_OPERATOR', '"kind":"FOOD_BUSINESS_LICENCE"', '"kind":"FOOD_PRODUCTION_LICENCE"'))
WHERE CAST(content AS CHAR) LIKE '%FOOD_LICENCE%';

UPDATE certification_application
SET content = REGEXP_REPLACE(REGEXP_REPLACE(CAST(content AS CHAR), '"kind": ?"FOOD_LICENCE", ?"number": ?"JY', '"kind":"FOOD_BUSINESS_LICENCE","number":"JY'),
  '"kind": ?"FOOD_LICENCE"', '"kind":"FOOD_PRODUCTION_LICENCE"')
WHERE CAST(content AS CHAR) LIKE '%FOOD_LICENCE%';

-- Null where that it is sold was said and no licence says who makes it: whoever applies is asked again.
UPDATE merchant_application
SET content = JSON_REMOVE(JSON_SET(content, '$.processedFood', CASE
  WHEN JSON_UNQUOTE(JSON_EXTRACT(content, '$.sellsProcessedFood')) = 'false' THEN 'NONE'
  WHEN JSON_UNQUOTE(JSON_EXTRACT(content, '$.sellsProcessedFood')) <> 'true' THEN NULL
  WHEN CAST(content AS CHAR) LIKE '%FOOD_PRODUCTION_LICENCE%' AND CAST(content AS CHAR) LIKE '%FOOD_BUSINESS_LICENCE%' THEN 'MADE_AND_TRADED'
  WHEN CAST(content AS CHAR) LIKE '%"FOOD_PRODUCTION_LICENCE","number":"SC%' OR CAST(content AS CHAR) LIKE '%"FOOD_PRODUCTION_LICENCE", "number": "SC%' THEN 'MADE'
  WHEN CAST(content AS CHAR) LIKE '%FOOD_BUSINESS_LICENCE%' THEN 'TRADED'
  ELSE NULL END), '$.sellsProcessedFood')
WHERE JSON_EXTRACT(content, '$.sellsProcessedFood') IS NOT NULL;

ALTER TABLE merchant DROP COLUMN sells_processed_food;
