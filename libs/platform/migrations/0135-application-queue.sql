-- What has waited longest is what was handed in first, not what was begun first.
ALTER TABLE merchant_application ADD KEY merchant_application_waiting (state, submitted_at, id);

ALTER TABLE merchant_application DROP KEY merchant_application_queue;
