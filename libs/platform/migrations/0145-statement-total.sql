-- What the lines of a statement come to is added up once, when it is checked, and not each time somebody looks: a year of a cooperative has a hundred thousand.

CREATE TABLE IF NOT EXISTS statement_total (
  statement_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  line_count INT NOT NULL,
  gross_fen BIGINT NOT NULL,
  held_fen BIGINT NOT NULL,
  available_fen BIGINT NOT NULL,
  owed_fen BIGINT NOT NULL,
  PRIMARY KEY (statement_id, kind),
  CONSTRAINT statement_total_kind_known CHECK (kind IN ('SALE', 'RELEASE', 'REFUND', 'REFUND_FAILED', 'FEE', 'FEE_RETURNED', 'CLAWBACK', 'DISPUTE', 'POOL', 'PAYOUT', 'PAYOUT_RETURNED', 'ADJUSTMENT', 'OTHER'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO statement_total (statement_id, kind, line_count, gross_fen, held_fen, available_fen, owed_fen)
SELECT l.statement_id, l.kind, COUNT(*), COALESCE(SUM(l.gross_fen), 0), SUM(l.held_fen), SUM(l.available_fen), SUM(l.owed_fen)
FROM statement_balance b JOIN statement_line l ON l.statement_id = b.statement_id GROUP BY l.statement_id, l.kind;
