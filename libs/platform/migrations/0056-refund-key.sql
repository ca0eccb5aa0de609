-- Under which key the provider was first asked, and when: it forgets keys after a day, so their age and not the refund's decides.

ALTER TABLE refund ADD COLUMN key_no INT NOT NULL DEFAULT 1;

-- NULL: not asked yet.
ALTER TABLE refund ADD COLUMN key_tried_at DATETIME(6) NULL;

-- Of what is under way nobody noted when it was first asked for; the earliest moment is the careful one.
UPDATE refund SET key_tried_at = created_at WHERE state = 'SENT' AND channel = 'PROVIDER';
