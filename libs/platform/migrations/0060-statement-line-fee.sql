-- What the platform got of the goods a line is of: for what is told to the tax authority each quarter.

ALTER TABLE statement_line ADD COLUMN fee_fen BIGINT NULL; -- Null where it is of no goods.
