-- Whose licence ends, until their goods have left the lists for it. That nothing is sold is seen at the sale, by the day.
ALTER TABLE merchant ADD COLUMN licence_due_on DATE NULL;

ALTER TABLE merchant ADD KEY merchant_licence_due (licence_due_on);

-- Who may sell nothing: asked for each payment that begins.
ALTER TABLE merchant ADD KEY merchant_licensed (licensed_until);

UPDATE merchant SET licence_due_on = licensed_until;
