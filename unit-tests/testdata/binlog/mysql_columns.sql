-- Columns that are not simply there: generated, invisible, hidden, added and dropped in an instant; and the types whose
-- cells are bytes with an inner form. What mysql_columns.select.sql says in the end is in mysql_columns.selected.
CREATE DATABASE columns_;
USE columns_;
CREATE TABLE made (id INT PRIMARY KEY, a INT, name VARCHAR(20) CHARACTER SET latin1, sum_stored INT AS (a + 1) STORED,
  name_virtual VARCHAR(40) CHARACTER SET utf8mb4 AS (CONCAT(name, '!')) VIRTUAL, twice INT AS (a * 2) VIRTUAL,
  hidden INT UNSIGNED INVISIBLE DEFAULT 7, last CHAR(9) CHARACTER SET gbk,
  KEY (twice), KEY shouted ((UPPER(name))), KEY more ((a + 100)));
INSERT INTO made (id, a, name, last) VALUES (1, 10, 'né', '中文'), (2, NULL, NULL, NULL), (3, 5, 'x', 'y');
UPDATE made SET a = 11, name = 'ü' WHERE id = 1;
UPDATE made SET hidden = 4294967295 WHERE id = 2;
DELETE FROM made WHERE id = 3;
SET sql_generate_invisible_primary_key = ON;
CREATE TABLE keyless (v VARCHAR(9) CHARACTER SET latin1);
SET sql_generate_invisible_primary_key = OFF;
INSERT INTO keyless (v) VALUES ('a'), ('b'), ('c');
UPDATE keyless SET v = 'é' WHERE v = 'b';
DELETE FROM keyless WHERE v = 'c';
CREATE TABLE instant (id INT PRIMARY KEY, a TINYINT, gone VARCHAR(9) CHARACTER SET latin1);
INSERT INTO instant VALUES (1, -1, 'x'), (2, -2, 'y');
ALTER TABLE instant ADD COLUMN added SMALLINT UNSIGNED DEFAULT 65535 AFTER id, ALGORITHM=INSTANT;
UPDATE instant SET a = -3 WHERE id = 1;
ALTER TABLE instant DROP COLUMN gone, ALGORITHM=INSTANT;
UPDATE instant SET a = a - 2;
INSERT INTO instant VALUES (3, 3, -5);
CREATE TABLE shapes (id INT PRIMARY KEY, first CHAR(9) CHARACTER SET latin1, vec VECTOR(5), geo GEOMETRY,
  p POINT NOT NULL SRID 4326, l LINESTRING, po POLYGON, mp MULTIPOINT, ml MULTILINESTRING, mpo MULTIPOLYGON,
  gc GEOMETRYCOLLECTION, j JSON, last VARCHAR(9) CHARACTER SET gbk);
INSERT INTO shapes VALUES
  (1, 'é', STRING_TO_VECTOR('[1.5, -2]'), ST_GeomFromText('POINT(1 2)', 4326), ST_GeomFromText('POINT(3 4)', 4326),
   ST_GeomFromText('LINESTRING(0 0,1 1)'), ST_GeomFromText('POLYGON((0 0,4 0,4 4,0 0))'), ST_GeomFromText('MULTIPOINT(0 0,1 1)'),
   ST_GeomFromText('MULTILINESTRING((0 0,1 1),(2 2,3 3))'), ST_GeomFromText('MULTIPOLYGON(((0 0,1 0,1 1,0 0)))'),
   ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))'), '{"a": 1}', '中'),
  (2, NULL, NULL, NULL, ST_GeomFromText('POINT(-90 180)', 4326), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
UPDATE shapes SET vec = STRING_TO_VECTOR('[1, 2, 3, 4, 5]'), gc = ST_GeomFromText('GEOMETRYCOLLECTION EMPTY') WHERE id = 2;
CREATE TABLE loaded (id INT PRIMARY KEY, v VARCHAR(9) CHARACTER SET latin1);
SELECT 1, 'one' INTO OUTFILE './load.txt';
LOAD DATA INFILE './load.txt' INTO TABLE loaded;
SET SESSION binlog_format = STATEMENT;
CREATE TABLE loaded_as_text (id INT PRIMARY KEY, v VARCHAR(9) CHARACTER SET latin1);
LOAD DATA INFILE './load.txt' REPLACE INTO TABLE loaded_as_text (id, @v) SET v = UPPER(@v);
