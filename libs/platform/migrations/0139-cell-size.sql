-- What a cell of a locker holds inside, in litres; null of slots and trays, and where nobody has measured.
ALTER TABLE cabinet_slot
  ADD COLUMN inner_l INT NULL,
  ADD CONSTRAINT cabinet_slot_inner CHECK (inner_l IS NULL OR inner_l > 0);
