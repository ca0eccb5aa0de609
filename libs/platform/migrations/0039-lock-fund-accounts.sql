-- What a relief fund may be paid out of is kept in its row, like a payee's: its transfers get the versions that they would have had.

UPDATE ledger_transfer t
JOIN (
  SELECT side.journal_id, side.line_no, side.is_debit,
         ROW_NUMBER() OVER (PARTITION BY side.account_id ORDER BY side.journal_id, side.line_no) AS version
  FROM (
    SELECT d.journal_id, d.line_no, 1 AS is_debit, d.debit_account_id AS account_id
    FROM ledger_transfer d JOIN ledger_account a ON a.id = d.debit_account_id
    WHERE a.code LIKE 'liability:available:fund:%' AND a.balance_mode = 'DEFERRED' AND d.is_pending = 0
    UNION ALL
    SELECT c.journal_id, c.line_no, 0, c.credit_account_id
    FROM ledger_transfer c JOIN ledger_account a ON a.id = c.credit_account_id
    WHERE a.code LIKE 'liability:available:fund:%' AND a.balance_mode = 'DEFERRED' AND c.is_pending = 0
  ) AS side
) AS numbered ON numbered.journal_id = t.journal_id AND numbered.line_no = t.line_no
SET t.debit_version = CASE WHEN numbered.is_debit = 1 THEN numbered.version ELSE t.debit_version END,
    t.credit_version = CASE WHEN numbered.is_debit = 0 THEN numbered.version ELSE t.credit_version END;

UPDATE ledger_account a
LEFT JOIN (
  SELECT side.account_id, SUM(side.debits) AS debits, SUM(side.credits) AS credits, COUNT(*) AS transfers
  FROM (
    SELECT debit_account_id AS account_id, amount_fen AS debits, 0 AS credits FROM ledger_transfer WHERE is_pending = 0
    UNION ALL
    SELECT credit_account_id, 0, amount_fen FROM ledger_transfer WHERE is_pending = 0
  ) AS side GROUP BY side.account_id
) AS moved ON moved.account_id = a.id
SET a.balance_mode = 'LOCKED', a.has_floor = 1, a.debits_posted_fen = COALESCE(moved.debits, 0),
    a.credits_posted_fen = COALESCE(moved.credits, 0), a.version = COALESCE(moved.transfers, 0)
WHERE a.code LIKE 'liability:available:fund:%' AND a.balance_mode = 'DEFERRED';
