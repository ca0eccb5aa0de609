-- Where what is proposed lies, so that whoever may vote there sees it; NULL of what is the platform's.
ALTER TABLE approval_request ADD COLUMN division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- What waits already lies where its operator is registered.
UPDATE approval_request r JOIN van_write_off w ON w.id = r.subject_id SET r.division_code = w.county_code WHERE r.subject_kind = 'VAN_WRITE_OFF';
