-- Papers wait like photos until they are put to something, and what nobody does is swept.

-- When somebody first put it to something; NULL while nobody has.
ALTER TABLE stored_file ADD COLUMN attached_at DATETIME(6) NULL;

-- What is no photo may stand in a draft by now, and stays.
UPDATE stored_file SET attached_at = uploaded_at WHERE attached_at IS NULL;

UPDATE stored_file f JOIN photo p ON p.file_id = f.id SET f.attached_at = p.attached_at;

ALTER TABLE stored_file ADD KEY stored_file_unattached (attached_at, uploaded_at);

-- How many somebody has brought within a day.
ALTER TABLE stored_file ADD KEY stored_file_of_person (uploaded_by, uploaded_at);
