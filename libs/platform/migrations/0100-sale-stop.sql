-- Whoever stands before a cabinet is told whether it has been stopped from afar: without this key all that it was ever told is gone through.
ALTER TABLE cabinet_command ADD KEY cabinet_command_of_kind (cabinet_id, kind, id);

-- WITHHELD: its slot was locked, or the cabinet stopped, between order and payment.
ALTER TABLE vend_item DROP CONSTRAINT vend_item_state_known;

ALTER TABLE vend_item ADD CONSTRAINT vend_item_state_known CHECK (state IN ('WAITING', 'FINISHED', 'FAILED', 'CANNOT_START', 'EXPIRED', 'NO_ANSWER', 'TOO_LATE', 'WITHHELD'));
