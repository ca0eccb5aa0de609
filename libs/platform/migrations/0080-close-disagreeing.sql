-- Why a month that two people have agreed to lock is not locked: whose sums are not those of its frozen figures.

-- Tables, separated by commas; '' while nothing is known to disagree, and of every locked month.
ALTER TABLE volume_close ADD COLUMN disagreeing VARCHAR(600) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

ALTER TABLE volume_close ADD CONSTRAINT volume_close_disagreeing_while_locking CHECK (disagreeing = '' OR state = 'LOCKING');
