-- How a pavilion or a zone comes to be: who proposed it, how far it has come, and every step with its reason.

-- NULL for what was recorded before anybody had to say who runs it.
ALTER TABLE channel_point ADD COLUMN operator_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- The number of its last step.
ALTER TABLE channel_point ADD COLUMN revision INT NOT NULL DEFAULT 0;

-- Who has suspended it; NULL unless it is suspended.
ALTER TABLE channel_point ADD COLUMN held_by VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- By which paper it was approved; '' before, and for what was recorded as open.
ALTER TABLE channel_point ADD COLUMN document_no VARCHAR(60) NOT NULL DEFAULT '';

-- NULL for what was recorded, like the next.
ALTER TABLE channel_point ADD COLUMN proposed_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE channel_point ADD COLUMN proposal_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE channel_point ADD UNIQUE INDEX channel_point_proposed_once (proposed_by, proposal_key);

ALTER TABLE channel_point ADD INDEX channel_point_of_operator (operator_id, id);

CREATE TABLE IF NOT EXISTS channel_point_step (
  channel_point_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT NOT NULL,
  act VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- What it is from this step on.
  side VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL for what was recorded.
  reason VARCHAR(500) NOT NULL, -- '' where nothing was said.
  file_ids JSON NOT NULL,
  content JSON NULL, -- What the place was said to be; NULL where that was not changed.
  effective_on DATE NOT NULL, -- Never before the step before it.
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (channel_point_id, number),
  KEY channel_point_step_on (effective_on, channel_point_id),
  CONSTRAINT channel_point_step_act_known CHECK (act IN ('RECORDED', 'PROPOSED', 'AMENDED', 'SITE_AGREED', 'APPROVED', 'RETURNED', 'ENTRUSTED', 'BUILT', 'INSPECTED', 'OPENED', 'SUSPENDED', 'CLOSED')),
  CONSTRAINT channel_point_step_state_known CHECK (state IN ('PROPOSED', 'SITE_AGREED', 'APPROVED', 'BUILT', 'INSPECTED', 'OPEN', 'SUSPENDED', 'CLOSED')),
  CONSTRAINT channel_point_step_side_known CHECK (side IN ('BOOK', 'OPERATOR', 'OFFICE'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- What is there already: of an open place the day is known on which it opened. Of one that stands still by now only that is known, so it was open from
-- its day on and is still as of today, not as of a day that nobody has written down. What was never open is what it is as of the day it was recorded.
INSERT IGNORE INTO channel_point_step (channel_point_id, number, act, state, side, actor_id, reason, file_ids, content, effective_on, at)
SELECT id, 1, 'RECORDED', CASE WHEN state IN ('SUSPENDED', 'CLOSED') AND opened_on IS NOT NULL THEN 'OPEN' ELSE state END, 'BOOK', NULL, '', '[]', NULL,
  COALESCE(opened_on, DATE(DATE_ADD(created_at, INTERVAL 8 HOUR))), created_at
FROM channel_point WHERE revision = 0;

INSERT IGNORE INTO channel_point_step (channel_point_id, number, act, state, side, actor_id, reason, file_ids, content, effective_on, at)
SELECT id, 2, 'RECORDED', state, 'BOOK', NULL, '', '[]', NULL, DATE(DATE_ADD(UTC_TIMESTAMP(6), INTERVAL 8 HOUR)), UTC_TIMESTAMP(6)
FROM channel_point WHERE revision = 0 AND state IN ('SUSPENDED', 'CLOSED') AND opened_on IS NOT NULL;

UPDATE channel_point SET held_by = 'OFFICE' WHERE state = 'SUSPENDED' AND held_by IS NULL;

UPDATE channel_point p JOIN (SELECT channel_point_id, MAX(number) AS number FROM channel_point_step GROUP BY channel_point_id) s
  ON s.channel_point_id = p.id
SET p.revision = s.number WHERE p.revision = 0;
