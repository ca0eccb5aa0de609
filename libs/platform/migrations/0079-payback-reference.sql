-- The bank's number of a payback while it waits or is posted: one number is one payback.

-- Null of everything that takes none: other acts, and paybacks that were rejected or withdrawn.
ALTER TABLE receivable_act ADD COLUMN payback_ref VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL;

-- Where a number was used twice already, the first one has it.
UPDATE receivable_act a JOIN (
  SELECT MIN(id) AS id FROM receivable_act WHERE kind = 'CREDIT_PAYBACK' AND state IN ('REQUESTED', 'POSTED') GROUP BY bank_ref
) first_one ON first_one.id = a.id
SET a.payback_ref = a.bank_ref;

ALTER TABLE receivable_act ADD UNIQUE KEY receivable_act_payback_once (payback_ref);
