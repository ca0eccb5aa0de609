-- What people tell cabinets to do from afar, and which firmware and settings cabinets are meant to have.

-- Nobody: we ask ourselves.
ALTER TABLE cabinet_command ADD COLUMN requested_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- Of whoever asks, so that asking twice is once; where we ask ourselves there is none.
ALTER TABLE cabinet_command ADD COLUMN cause_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- What it has sent along, if it was asked to.
ALTER TABLE cabinet_command ADD COLUMN log TEXT NULL;

ALTER TABLE cabinet_command ADD UNIQUE KEY cabinet_command_once (cabinet_id, cause_key);

ALTER TABLE cabinet_command DROP CONSTRAINT cabinet_command_kind_known;

ALTER TABLE cabinet_command ADD CONSTRAINT cabinet_command_kind_known CHECK (kind IN ('RESEND', 'SNAPSHOT', 'DELIVER', 'REBOOT', 'TEMPERATURE_SET', 'SERVICE_DOOR_OPEN', 'LOCK', 'UNLOCK', 'LOGS_PULL', 'FIRMWARE_UPDATE', 'CONFIG_UPDATE'));

-- Null unless somebody has said which it is meant to have.
ALTER TABLE cabinet_setting ADD COLUMN firmware_version VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE cabinet_setting ADD COLUMN config_version VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL;
