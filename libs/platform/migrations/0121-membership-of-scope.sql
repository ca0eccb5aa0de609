-- Who works for a merchant.

ALTER TABLE membership ADD KEY membership_of_scope (scope_kind, scope_id, role);
