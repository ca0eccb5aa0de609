-- Facts on their way: the outbox is written in the transaction that made the fact true,
-- the inbox holds one row per consumer and says whether its effect has happened.

CREATE TABLE IF NOT EXISTS outbox (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payload JSON NOT NULL,
  trace_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL, -- The request that caused the fact; none for schedules.
  occurred_at DATETIME(6) NOT NULL,
  published_at DATETIME(6) NULL, -- Until the relay has handed it to the queue.
  PRIMARY KEY (id),
  KEY outbox_to_publish (published_at, id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS inbox (
  consumer VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  queue VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempts INT NOT NULL DEFAULT 0, -- How often it was handed to the queue; part of the job id.
  queued_at DATETIME(6) NOT NULL,
  applied_at DATETIME(6) NULL, -- Written together with the effect.
  last_error VARCHAR(500) NULL, -- Why the last attempt failed, for whoever replays it.
  PRIMARY KEY (consumer, event_id),
  KEY inbox_to_sweep (state, queued_at),
  CONSTRAINT inbox_state_known CHECK (state IN ('WAITING', 'APPLIED', 'DEAD'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
