-- NULL while nobody was told that it ends; otherwise how many days before its end the last reminder was due.
ALTER TABLE certification ADD COLUMN reminded_days INT NULL, ADD KEY certification_by_end (valid_to);
