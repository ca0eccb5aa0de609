-- Comparisons of what several parties say about the same money: how far each has come, what did not agree, and what became of that.

CREATE TABLE IF NOT EXISTS reconciliation_check (
  name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  due_at DATETIME(6) NOT NULL, -- When the next run begins; in the past while one is under way.
  worked_at DATETIME(6) NOT NULL, -- Checks take turns: the one that has waited longest is next.
  run_no BIGINT NOT NULL DEFAULT 0, -- Rises with every run; a break that the latest run has not seen is gone.
  run_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Between runs there is none.
  fencing INT NOT NULL DEFAULT 0, -- Rises with every lease; whoever holds an older number writes nothing.
  leased_until DATETIME(6) NULL, -- While somebody compares.
  PRIMARY KEY (name),
  KEY reconciliation_check_due (due_at),
  CONSTRAINT reconciliation_check_name_known CHECK (name IN ('TRIAL_BALANCE', 'CLEARING', 'ORDERS', 'PROVIDER_STATE', 'BANK', 'VOLUME', 'DELIVERIES', 'SEALS', 'SPLITS'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

INSERT IGNORE INTO reconciliation_check (name, due_at, worked_at)
  SELECT name, '2000-01-01', '2000-01-01' FROM (
    SELECT 'TRIAL_BALANCE' AS name UNION SELECT 'CLEARING' UNION SELECT 'ORDERS' UNION SELECT 'PROVIDER_STATE'
    UNION SELECT 'BANK' UNION SELECT 'VOLUME' UNION SELECT 'DELIVERIES' UNION SELECT 'SEALS' UNION SELECT 'SPLITS') AS checks;

CREATE TABLE IF NOT EXISTS reconciliation_run (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  check_name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  run_no BIGINT NOT NULL,
  covers_from DATETIME(6) NOT NULL, -- What happened earlier is not looked at.
  position VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Where the next round goes on; none before the first and after the last.
  examined_count BIGINT NOT NULL DEFAULT 0,
  matched_count BIGINT NOT NULL DEFAULT 0,
  found_count BIGINT NOT NULL DEFAULT 0,
  started_at DATETIME(6) NOT NULL,
  finished_at DATETIME(6) NULL, -- While it is under way.
  failure VARCHAR(500) NULL, -- Why the last round failed; it is tried again from where it stood.
  PRIMARY KEY (id),
  KEY reconciliation_run_of_check (check_name, finished_at),
  CONSTRAINT reconciliation_run_matched_within CHECK (matched_count BETWEEN 0 AND examined_count)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE IF NOT EXISTS reconciliation_break (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  check_name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  break_class VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- The order, refund, movement, account, day … that does not agree.
  expected_fen BIGINT NULL, -- What the party that is believed says; none where no amount is in question.
  actual_fen BIGINT NULL,
  detail JSON NOT NULL,
  happened_at DATETIME(6) NOT NULL, -- When what it is about took place: a run that does not reach so far back says nothing about it.
  first_seen_at DATETIME(6) NOT NULL,
  last_seen_at DATETIME(6) NOT NULL,
  last_run_no BIGINT NOT NULL,
  vanished_at DATETIME(6) NULL, -- Since when it is not seen any more; until then.
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  owner_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Until somebody has taken it.
  closed_at DATETIME(6) NULL, -- While it is open.
  reason VARCHAR(2000) NULL, -- Why it is closed; until then none.
  journal_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- What has put it right, if a journal or a refund has.
  refund_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  open_key VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Check, class and subject while it is open, so that it is open once; none once it is closed.
  PRIMARY KEY (id),
  UNIQUE KEY reconciliation_break_open_once (open_key),
  KEY reconciliation_break_by_state (state, id),
  KEY reconciliation_break_of_subject (subject, check_name, break_class, id),
  KEY reconciliation_break_of_check (check_name, state, last_run_no),
  CONSTRAINT reconciliation_break_check_known CHECK (check_name IN ('TRIAL_BALANCE', 'CLEARING', 'ORDERS', 'PROVIDER_STATE', 'BANK', 'VOLUME', 'DELIVERIES', 'SEALS', 'SPLITS')),
  CONSTRAINT reconciliation_break_class_known CHECK (break_class IN ('MISSING_INTERNAL', 'MISSING_EXTERNAL', 'AMOUNT', 'DUPLICATE', 'TIMING', 'UNKNOWN_TYPE', 'AMOUNT_MISMATCH', 'REVIEW', 'ALTERED')),
  CONSTRAINT reconciliation_break_state_known CHECK (state IN ('OPEN', 'ASSIGNED', 'RESOLVED', 'AUTO_CLOSED')),
  CONSTRAINT reconciliation_break_closed_or_open CHECK ((state IN ('OPEN', 'ASSIGNED')) = (open_key IS NOT NULL) AND (closed_at IS NULL) = (open_key IS NOT NULL) AND (reason IS NULL) = (open_key IS NOT NULL))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Append-only.
CREATE TABLE IF NOT EXISTS reconciliation_break_step (
  id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  break_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  act VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- Null where a check found it, not a person.
  note VARCHAR(2000) NOT NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY reconciliation_break_step_of_break (break_id, id),
  CONSTRAINT reconciliation_break_step_act_known CHECK (act IN ('OPENED', 'CHANGED', 'VANISHED', 'RETURNED', 'ASSIGNED', 'NOTED', 'REFUND_REQUESTED', 'RESOLVED', 'AUTO_CLOSED'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- Money that does not fit, money the provider moved by itself, and payments under way: each a few among many.
ALTER TABLE payment ADD INDEX payment_by_disposition (disposition, id);

ALTER TABLE payment ADD INDEX payment_by_state (state, id);

ALTER TABLE refund ADD INDEX refund_by_reason (reason, id);

ALTER TABLE refund ADD INDEX refund_by_state (state, id);
