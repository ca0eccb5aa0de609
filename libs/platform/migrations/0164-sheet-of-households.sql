-- Agreements with households harvests and counts come by tables as well.
ALTER TABLE sheet_import DROP CONSTRAINT sheet_import_kind_known;
ALTER TABLE sheet_import ADD CONSTRAINT sheet_import_kind_known CHECK (kind IN ('PRODUCTS', 'SHIPMENTS', 'HOUSEHOLDS', 'BATCHES', 'STOCK'));
