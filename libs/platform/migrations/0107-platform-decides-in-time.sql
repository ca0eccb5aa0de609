-- What waits for the platform waits no longer than a week from now on; what waits already, a week from this day.
UPDATE after_sale SET due_at = UTC_TIMESTAMP(6) + INTERVAL 7 DAY WHERE state = 'AT_PLATFORM' AND due_at IS NULL;
