-- Who runs a counter, and who did before, is found by the place where cabinets stand or stood.
ALTER TABLE cabinet ADD INDEX cabinet_of_place (channel_point_id, id);
