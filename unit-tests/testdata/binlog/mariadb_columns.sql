-- As mysql_columns.sql, with MariaDB's own types, system versioning, and date and time types of before 10.0.
CREATE DATABASE columns_;
USE columns_;
SET time_zone = '+00:00';
CREATE TABLE made (id INT PRIMARY KEY, a INT, name VARCHAR(20) CHARACTER SET latin1, sum_stored INT AS (a + 1) STORED,
  name_virtual VARCHAR(40) CHARACTER SET utf8mb4 AS (CONCAT(name, '!')) VIRTUAL, twice INT AS (a * 2) VIRTUAL,
  hidden INT UNSIGNED INVISIBLE DEFAULT 7, last CHAR(9) CHARACTER SET gbk, KEY (twice));
INSERT INTO made (id, a, name, last) VALUES (1, 10, 'né', '中文'), (2, NULL, NULL, NULL), (3, 5, 'x', 'y');
UPDATE made SET a = 11, name = 'ü' WHERE id = 1;
UPDATE made SET hidden = 4294967295 WHERE id = 2;
DELETE FROM made WHERE id = 3;
CREATE TABLE instant (id INT PRIMARY KEY, a TINYINT, gone VARCHAR(9) CHARACTER SET latin1);
INSERT INTO instant VALUES (1, -1, 'x'), (2, -2, 'y');
ALTER TABLE instant ADD COLUMN added SMALLINT UNSIGNED DEFAULT 65535 AFTER id, ALGORITHM=INSTANT;
UPDATE instant SET a = -3 WHERE id = 1;
ALTER TABLE instant DROP COLUMN gone, ALGORITHM=INSTANT;
UPDATE instant SET a = a - 2;
INSERT INTO instant VALUES (3, 3, -5);
CREATE TABLE versions (id INT PRIMARY KEY, v VARCHAR(9) CHARACTER SET latin1) WITH SYSTEM VERSIONING;
INSERT INTO versions VALUES (1, 'é'), (2, 'b');
UPDATE versions SET v = 'c' WHERE id = 1;
DELETE FROM versions WHERE id = 2;
CREATE TABLE shapes (id INT PRIMARY KEY, first CHAR(9) CHARACTER SET latin1, geo GEOMETRY, p POINT NOT NULL, l LINESTRING,
  po POLYGON, mp MULTIPOINT, ml MULTILINESTRING, mpo MULTIPOLYGON, gc GEOMETRYCOLLECTION, j JSON,
  last VARCHAR(9) CHARACTER SET gbk);
INSERT INTO shapes VALUES
  (1, 'é', ST_GeomFromText('POINT(1 2)', 4326), ST_GeomFromText('POINT(3 4)', 4326),
   ST_GeomFromText('LINESTRING(0 0,1 1)'), ST_GeomFromText('POLYGON((0 0,4 0,4 4,0 0))'), ST_GeomFromText('MULTIPOINT(0 0,1 1)'),
   ST_GeomFromText('MULTILINESTRING((0 0,1 1),(2 2,3 3))'), ST_GeomFromText('MULTIPOLYGON(((0 0,1 0,1 1,0 0)))'),
   ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))'), '{"a":1}', '中'),
  (2, NULL, NULL, ST_GeomFromText('POINT(-90 180)', 4326), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE own (id INT PRIMARY KEY, first CHAR(9) CHARACTER SET latin1, u UUID, i4 INET4, i6 INET6, b16 BINARY(16), b4 BINARY(4),
  vc VARCHAR(80) COMPRESSED CHARACTER SET latin1, vb VARBINARY(300) COMPRESSED, tc TEXT COMPRESSED CHARACTER SET utf8mb4,
  bc LONGBLOB COMPRESSED, last VARCHAR(9) CHARACTER SET gbk);
INSERT INTO own VALUES
  (1, 'é', '123e4567-e89b-12d3-a456-426614174000', '10.20.0.0', '::ffff:1.2.3.4', x'0102', x'01', REPEAT('é', 70), REPEAT(x'00', 300),
   REPEAT('日', 300), REPEAT(x'00ff', 400), '中'),
  (2, NULL, '00000000-0000-0000-0000-000000000000', '0.0.0.0', '2001::', x'', x'', '', x'', '', x'', ''),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
UPDATE own SET vc = 'short', i6 = '1:0:0:2:0:0:0:3', bc = x'80' WHERE id = 2;
SET GLOBAL mysql56_temporal_format = OFF;
CREATE TABLE old (id INT PRIMARY KEY, t TIME, d DATETIME, ts TIMESTAMP NULL, da DATE, last VARCHAR(9) CHARACTER SET gbk);
SET GLOBAL mysql56_temporal_format = ON;
INSERT INTO old VALUES (1, '-01:02:03', '2024-02-29 12:34:56', '2024-03-31 01:30:00', '2024-02-29', '中'),
  (2, '838:59:59', '9999-12-31 23:59:59', '2038-01-19 03:14:07', NULL, NULL);
CREATE TABLE loaded (id INT PRIMARY KEY, v VARCHAR(9) CHARACTER SET latin1);
SELECT 1, 'one' INTO OUTFILE './load.txt';
LOAD DATA INFILE './load.txt' INTO TABLE loaded;
SET SESSION binlog_format = STATEMENT;
CREATE TABLE loaded_as_text (id INT PRIMARY KEY, v VARCHAR(9) CHARACTER SET latin1);
LOAD DATA INFILE './load.txt' REPLACE INTO TABLE loaded_as_text (id, @v) SET v = UPPER(@v);
