-- By whom and when it was brought, and whether it is shown somewhere, is said by the file that holds it.

ALTER TABLE photo DROP KEY photo_unattached;

ALTER TABLE photo DROP KEY photo_of_person;

ALTER TABLE photo DROP COLUMN attached_at;

ALTER TABLE photo DROP COLUMN uploaded_at;

ALTER TABLE photo DROP COLUMN uploaded_by;
