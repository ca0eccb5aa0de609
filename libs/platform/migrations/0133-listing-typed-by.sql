-- Everybody who has saved a listing or handed it in, for none of them decides on it; NULL of what was begun before this was kept.
ALTER TABLE product_listing ADD COLUMN typed_by JSON NULL;
