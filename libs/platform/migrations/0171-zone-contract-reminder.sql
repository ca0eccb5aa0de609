-- NULL while the host was not told that it ends; otherwise how many days before its last day the last reminder was due.
ALTER TABLE zone_contract ADD COLUMN reminded_days INT NULL;
