-- Somebody comes to a cabinet to clean, to repair or to look at it, with no van and no route.

-- None where somebody came without one.
ALTER TABLE restock_visit MODIFY COLUMN route_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- What a thermometer that they brought has shown; none where nobody has looked.
ALTER TABLE restock_visit ADD COLUMN measured_deci_celsius INT NULL;

CREATE TABLE IF NOT EXISTS restock_visit_deed (
  visit_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  deed VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (visit_id, deed),
  CONSTRAINT restock_visit_deed_known CHECK (deed IN ('CLEANED', 'REPAIRED', 'INSPECTED', 'DISINFECTED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
