-- What was said of a harvest may be said otherwise until something of it has left.
ALTER TABLE adoption_harvest ADD COLUMN corrected_at DATETIME(6) NULL;
