-- What a merchant's papers say stands as rows, not only in what was typed; papers that end are renewed, and a licence that has ended is seen at the moment of a sale.

-- As it said when it applied: then its papers are more.
ALTER TABLE merchant ADD COLUMN sells_processed_food BOOLEAN NOT NULL DEFAULT FALSE;

-- The last day on which it may sell; NULL where no licence of it ends, or none was ever handed in.
ALTER TABLE merchant ADD COLUMN licensed_until DATE NULL;

CREATE TABLE IF NOT EXISTS merchant_paper (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  merchant_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  application_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL for what was handed in afterwards.
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number VARCHAR(60) NOT NULL, -- '' where its kind asks for none.
  valid_from DATE NULL, -- NULL where nothing was said, like the next.
  valid_to DATE NULL,
  ends_on DATE NULL, -- Its last day, by what its kind says; NULL for what holds for ever.
  file_ids JSON NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The same while it waits: of one kind one waits at a time.
  is_counting BOOLEAN NOT NULL, -- Its merchant has to have it, and it is the last that was accepted of its kind.
  reminded_days INT NULL, -- How many days before its end its owners were last reminded; NULL until they were.
  brought_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idempotency_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- Of whoever has brought it.
  brought_at DATETIME(6) NOT NULL,
  decided_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL while it waits, and where it was withdrawn.
  decided_at DATETIME(6) NULL, -- NULL while it waits.
  reason VARCHAR(500) NOT NULL, -- Why it was returned; '' otherwise.
  PRIMARY KEY (id),
  UNIQUE KEY merchant_paper_once (brought_by, idempotency_key),
  UNIQUE KEY merchant_paper_open (merchant_id, open_kind),
  KEY merchant_paper_of (merchant_id, id),
  KEY merchant_paper_waiting (state, brought_at, id),
  KEY merchant_paper_ending (is_counting, ends_on, id),
  CONSTRAINT merchant_paper_kind_known CHECK (kind IN ('BUSINESS_LICENCE', 'COLLECTIVE_CERTIFICATE', 'LEGAL_PERSON_ID', 'STANDING_PROOF', 'FOOD_LICENCE', 'TEST_REPORT', 'SITE_AGREEMENT', 'BANK_PROOF', 'TRUTH_LETTER', 'OTHER')),
  CONSTRAINT merchant_paper_state_known CHECK (state IN ('WAITING', 'ACCEPTED', 'RETURNED', 'WITHDRAWN')),
  CONSTRAINT merchant_paper_open_kind CHECK ((open_kind IS NOT NULL) = (state = 'WAITING') AND (open_kind IS NULL OR open_kind = kind)),
  CONSTRAINT merchant_paper_counting CHECK (is_counting = FALSE OR state = 'ACCEPTED')
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Of merchants whose applications were approved before: as they were typed. The same id each time, so that a migration that was cut off goes on.
UPDATE merchant m JOIN merchant_application a ON a.merchant_id = m.id
SET m.sells_processed_food = COALESCE(JSON_UNQUOTE(JSON_EXTRACT(a.content, '$.sellsProcessedFood')) = 'true', FALSE)
WHERE a.state = 'APPROVED';

INSERT IGNORE INTO merchant_paper (id, merchant_id, application_id, kind, number, valid_from, valid_to, ends_on, file_ids, state, open_kind, is_counting, reminded_days,
  brought_by, idempotency_key, brought_at, decided_by, decided_at, reason)
SELECT CONCAT('mpp_', SUBSTRING(t.id, 5, 10), CONVERT(UPPER(SUBSTRING(MD5(CONCAT(t.id, ':', t.n)), 1, 16)) USING ascii)), t.merchant_id, t.id, t.kind, 
  CASE WHEN t.kind IN ('BUSINESS_LICENCE', 'COLLECTIVE_CERTIFICATE', 'FOOD_LICENCE', 'TEST_REPORT') THEN COALESCE(NULLIF(t.number, 'null'), '') ELSE '' END, t.valid_from, t.valid_to,
  CASE WHEN t.kind = 'TEST_REPORT' THEN DATE_ADD(t.valid_from, INTERVAL 366 DAY) WHEN t.kind IN ('BANK_PROOF', 'TRUTH_LETTER') THEN NULL ELSE t.valid_to END,
  t.file_ids, 'ACCEPTED', NULL,
  t.kind IN ('LEGAL_PERSON_ID', 'TRUTH_LETTER')
    OR (t.kind = 'BUSINESS_LICENCE' AND t.merchant_kind <> 'VILLAGE_COLLECTIVE')
    OR (t.kind = 'COLLECTIVE_CERTIFICATE' AND t.merchant_kind = 'VILLAGE_COLLECTIVE')
    OR (t.kind = 'STANDING_PROOF' AND t.merchant_kind IN ('LEADING_ENTERPRISE', 'FAMILY_FARM', 'LARGE_GROWER'))
    OR (t.kind = 'SITE_AGREEMENT' AND t.merchant_kind = 'VENUE_OPERATOR')
    OR (t.kind = 'FOOD_LICENCE' AND (t.merchant_kind = 'VENUE_OPERATOR' OR t.sells_processed_food))
    OR (t.kind = 'TEST_REPORT' AND t.sells_processed_food),
  NULL, t.created_by, CONCAT(t.id, ':', t.n), t.submitted_at, t.decided_by, t.updated_at, ''
FROM (
  SELECT a.id, a.merchant_id, a.created_by, a.submitted_at, a.decided_by, a.updated_at, n.n, m.kind AS merchant_kind, m.sells_processed_food,
    JSON_UNQUOTE(JSON_EXTRACT(a.content, CONCAT('$.papers[', n.n, '].kind'))) AS kind,
    JSON_UNQUOTE(JSON_EXTRACT(a.content, CONCAT('$.papers[', n.n, '].number'))) AS number,
    CAST(NULLIF(JSON_UNQUOTE(JSON_EXTRACT(a.content, CONCAT('$.papers[', n.n, '].validFrom'))), 'null') AS DATE) AS valid_from,
    CAST(NULLIF(JSON_UNQUOTE(JSON_EXTRACT(a.content, CONCAT('$.papers[', n.n, '].validTo'))), 'null') AS DATE) AS valid_to,
    JSON_EXTRACT(a.content, CONCAT('$.papers[', n.n, '].fileIds')) AS file_ids
  FROM merchant_application a JOIN merchant m ON m.id = a.merchant_id
  JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7
    UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10 UNION ALL SELECT 11 UNION ALL SELECT 12 UNION ALL SELECT 13 UNION ALL SELECT 14 UNION ALL SELECT 15
    UNION ALL SELECT 16 UNION ALL SELECT 17 UNION ALL SELECT 18 UNION ALL SELECT 19) n ON n.n < JSON_LENGTH(a.content, '$.papers')
  WHERE a.state = 'APPROVED'
) t;

-- Two of one kind in one application: the one that ends first counts, as whoever approves now would find.
UPDATE merchant_paper p JOIN merchant_paper q ON q.merchant_id = p.merchant_id AND q.kind = p.kind AND q.id <> p.id
SET p.is_counting = FALSE
WHERE p.is_counting = TRUE AND q.is_counting = TRUE
  AND (COALESCE(q.ends_on, '9999-12-31') < COALESCE(p.ends_on, '9999-12-31') OR (COALESCE(q.ends_on, '9999-12-31') = COALESCE(p.ends_on, '9999-12-31') AND q.id < p.id));

UPDATE merchant m JOIN (
  SELECT merchant_id, MIN(ends_on) AS ends_on FROM merchant_paper
  WHERE is_counting = TRUE AND ends_on IS NOT NULL AND kind IN ('BUSINESS_LICENCE', 'COLLECTIVE_CERTIFICATE', 'FOOD_LICENCE') GROUP BY merchant_id
) p ON p.merchant_id = m.id
SET m.licensed_until = p.ends_on;
