-- What has waited longest is what was handed in first, not what was begun first.
ALTER TABLE claim ADD KEY claim_waiting (state, submitted_at, id);

ALTER TABLE claim DROP KEY claim_queue;
