-- A published month never changes. What was wrong in it is said beside it, by two people, with the later facts that correct it.

CREATE TABLE IF NOT EXISTS volume_erratum (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  month DATE NOT NULL, -- The published month, by its first day.
  measure VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- '' for the whole register.
  published_fen BIGINT NOT NULL, -- What was published: of the frozen figures.
  correct_fen BIGINT NOT NULL,
  reason VARCHAR(500) NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT NULL, -- Within the month, from one; null until it is published.
  approval_request_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  proposed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  proposed_at DATETIME(6) NOT NULL,
  decided_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null while it waits.
  decided_at DATETIME(6) NULL, -- Null while it waits.
  PRIMARY KEY (id),
  UNIQUE KEY volume_erratum_number (month, number),
  CONSTRAINT volume_erratum_measure_known CHECK (measure IN ('ORDERED', 'PAID', 'REFUNDED', 'DELIVERED', 'RECOGNISED', 'CERTIFIED', 'SUBSIDY', 'DECLARED')),
  CONSTRAINT volume_erratum_state_known CHECK (state IN ('PROPOSED', 'PUBLISHED', 'REJECTED', 'WITHDRAWN')),
  CONSTRAINT volume_erratum_differs CHECK (correct_fen <> published_fen),
  CONSTRAINT volume_erratum_numbered CHECK ((state = 'PUBLISHED') = (number IS NOT NULL)),
  CONSTRAINT volume_erratum_decided CHECK ((state = 'PROPOSED') = (decided_at IS NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- The later facts by which it is corrected: they add up to the difference.
CREATE TABLE IF NOT EXISTS volume_erratum_fact (
  erratum_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fact_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (erratum_id, fact_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
