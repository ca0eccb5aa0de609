-- A guest's line is swept when nobody has touched it for long, not when it was put in long ago. Null on lines older than the column.
ALTER TABLE cart_line ADD COLUMN changed_at DATETIME(6) NULL;
