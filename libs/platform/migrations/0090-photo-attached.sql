-- Photos that were brought and are shown nowhere are swept away.

-- When somebody first showed it somewhere; NULL while nobody has.
ALTER TABLE photo ADD COLUMN attached_at DATETIME(6) NULL;

-- What is there already may be shown somewhere, and stays.
UPDATE photo SET attached_at = uploaded_at;

ALTER TABLE photo ADD KEY photo_unattached (attached_at, uploaded_at);

-- Whether somebody else's photo has the same bytes.
ALTER TABLE photo ADD KEY photo_same_small (small_sha256);
