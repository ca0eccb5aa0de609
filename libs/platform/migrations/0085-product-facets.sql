-- Facets count all of the shop by category, origin, price and season: by this index alone, because reading a hundred thousand products takes a second and a half.

ALTER TABLE product ADD KEY product_facets (state, category_code, origin_county_code, price_from_fen, season_from, season_to);
