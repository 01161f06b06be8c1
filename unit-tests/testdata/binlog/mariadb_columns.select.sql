-- Each cell as the tests write it: text as hex of its UTF-8, bytes as hex, GEOMETRY as SRID and hex of the WKB.
USE columns_;
SET time_zone = '+00:00';
SELECT 'made', id, a, HEX(CONVERT(name USING utf8mb4)), sum_stored, HEX(name_virtual), twice, hidden, HEX(CONVERT(last USING utf8mb4)) FROM made;
SELECT 'instant', id, added, a FROM instant;
SELECT 'versions', id, HEX(CONVERT(v USING utf8mb4)), row_start, row_end FROM versions FOR SYSTEM_TIME ALL;
SELECT 'shapes', id, HEX(CONVERT(first USING utf8mb4)),
  CONCAT(ST_SRID(geo), ' ', SUBSTR(HEX(geo), 9)), CONCAT(ST_SRID(p), ' ', SUBSTR(HEX(p), 9)),
  CONCAT(ST_SRID(l), ' ', SUBSTR(HEX(l), 9)), CONCAT(ST_SRID(po), ' ', SUBSTR(HEX(po), 9)),
  CONCAT(ST_SRID(mp), ' ', SUBSTR(HEX(mp), 9)), CONCAT(ST_SRID(ml), ' ', SUBSTR(HEX(ml), 9)),
  CONCAT(ST_SRID(mpo), ' ', SUBSTR(HEX(mpo), 9)), CONCAT(ST_SRID(gc), ' ', SUBSTR(HEX(gc), 9)),
  HEX(j), HEX(CONVERT(last USING utf8mb4)) FROM shapes;
SELECT 'own', id, HEX(CONVERT(first USING utf8mb4)), HEX(CAST(u AS CHAR)), HEX(CAST(i4 AS CHAR)), HEX(CAST(i6 AS CHAR)),
  HEX(b16), HEX(b4), HEX(CONVERT(vc USING utf8mb4)), HEX(vb), HEX(CONVERT(tc USING utf8mb4)), HEX(bc),
  HEX(CONVERT(last USING utf8mb4)) FROM own;
SELECT 'old', id, t, d, ts, da, HEX(CONVERT(last USING utf8mb4)) FROM old;
SELECT 'loaded', id, HEX(CONVERT(v USING utf8mb4)) FROM loaded;
