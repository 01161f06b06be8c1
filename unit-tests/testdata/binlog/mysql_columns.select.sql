-- Each cell as the tests write it: text as hex of its UTF-8, bytes as hex, GEOMETRY as SRID and hex of the WKB.
USE columns_;
SELECT 'made', id, a, HEX(CONVERT(name USING utf8mb4)), sum_stored, HEX(name_virtual), twice, hidden, HEX(CONVERT(last USING utf8mb4)) FROM made;
SELECT 'keyless', my_row_id, HEX(CONVERT(v USING utf8mb4)) FROM keyless;
SELECT 'instant', id, added, a FROM instant;
SELECT 'shapes', id, HEX(CONVERT(first USING utf8mb4)), HEX(vec),
  CONCAT(ST_SRID(geo), ' ', SUBSTR(HEX(geo), 9)), CONCAT(ST_SRID(p), ' ', SUBSTR(HEX(p), 9)),
  CONCAT(ST_SRID(l), ' ', SUBSTR(HEX(l), 9)), CONCAT(ST_SRID(po), ' ', SUBSTR(HEX(po), 9)),
  CONCAT(ST_SRID(mp), ' ', SUBSTR(HEX(mp), 9)), CONCAT(ST_SRID(ml), ' ', SUBSTR(HEX(ml), 9)),
  CONCAT(ST_SRID(mpo), ' ', SUBSTR(HEX(mpo), 9)), CONCAT(ST_SRID(gc), ' ', SUBSTR(HEX(gc), 9)),
  j, HEX(CONVERT(last USING utf8mb4)) FROM shapes;
SELECT 'loaded', id, HEX(CONVERT(v USING utf8mb4)) FROM loaded;
