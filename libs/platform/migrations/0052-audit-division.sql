-- In which division lies what an entry is about, so that its inspectors find it. What is only added to gets a column, never another word.
-- Null for what is the platform's and lies in none.

ALTER TABLE audit_entry ADD COLUMN division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NULL;

ALTER TABLE audit_entry ADD KEY audit_entry_in_division (division_code, at);

ALTER TABLE audit_entry ADD KEY audit_entry_of_act (act, at);

ALTER TABLE audit_entry ADD KEY audit_entry_latest (at);
