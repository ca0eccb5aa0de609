-- Days that are not what their weekday says: public holidays, and the weekends that are worked instead.

CREATE TABLE IF NOT EXISTS calendar_day (
  day DATE NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(60) NOT NULL, -- The holiday that it belongs to.
  PRIMARY KEY (day),
  CONSTRAINT calendar_day_kind_known CHECK (kind IN ('HOLIDAY', 'WORKING'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
