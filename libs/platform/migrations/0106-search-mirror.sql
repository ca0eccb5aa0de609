-- When each document was written, by the database's own clock: whoever keeps a mirror of them asks for what has been written since.

ALTER TABLE product_search MODIFY COLUMN indexed_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6);

ALTER TABLE product_search ADD INDEX product_search_by_written (indexed_at);
