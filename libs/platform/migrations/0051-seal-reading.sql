-- What the daily reading of what was sealed has found: how far it has come, and what did not fit.

CREATE TABLE IF NOT EXISTS seal_reading (
  stream VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day DATE NOT NULL, -- Of the checkpoint that was signed over what is read.
  from_seq BIGINT NOT NULL, -- 1 where everything is read again.
  until_seq BIGINT NOT NULL, -- Less than from_seq where the day sealed nothing.
  next_seq BIGINT NOT NULL, -- Where whoever goes on begins.
  break_count BIGINT NOT NULL DEFAULT 0,
  first_broken_seq BIGINT NULL, -- None where all fits, or what does not is a checkpoint.
  started_at DATETIME(6) NOT NULL,
  finished_at DATETIME(6) NULL, -- While it is under way.
  PRIMARY KEY (stream, day),
  CONSTRAINT seal_reading_stream_known CHECK (stream IN ('JOURNAL', 'AUDIT', 'VOLUME')),
  CONSTRAINT seal_reading_within CHECK (from_seq >= 1 AND next_seq BETWEEN from_seq AND until_seq + 1),
  CONSTRAINT seal_reading_broken_within CHECK (first_broken_seq IS NULL OR break_count > 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
