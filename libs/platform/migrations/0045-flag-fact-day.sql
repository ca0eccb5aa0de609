-- The day on which a flagged fact counts, so that a month knows the flags about it before it is locked.

ALTER TABLE integrity_flag_fact ADD COLUMN event_day DATE NULL AFTER fact_id;
UPDATE integrity_flag_fact x JOIN volume_fact f ON f.id = x.fact_id SET x.event_day = f.event_day WHERE x.event_day IS NULL;
ALTER TABLE integrity_flag_fact MODIFY event_day DATE NOT NULL;
