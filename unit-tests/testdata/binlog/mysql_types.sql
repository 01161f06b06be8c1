-- Every column type, with edge values; complete metadata, so every list of the table map.
CREATE DATABASE shop;
USE shop;
CREATE TABLE numbers (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY, t TINYINT, tu TINYINT UNSIGNED, s SMALLINT, su SMALLINT UNSIGNED,
  m MEDIUMINT, mu MEDIUMINT UNSIGNED, i INT, iu INT UNSIGNED, b BIGINT, y YEAR, d DOUBLE, du DOUBLE UNSIGNED,
  f FLOAT, n DECIMAL(10,2), nu DECIMAL(65,30) UNSIGNED, bits BIT(3), bits64 BIT(64), bo BOOL);
INSERT INTO numbers VALUES
  (18446744073709551615, -128, 255, -32768, 65535, -8388608, 16777215, -2147483648, 4294967295, -9223372036854775808,
   2155, -1.5, 1e300, 0.1, -12345678.90, 1.000000000000000000000000000001, b'101', 0xffffffffffffffff, true),
  (1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);
UPDATE numbers SET t = 1, y = 1901, n = NULL WHERE id = 1;
DELETE FROM numbers WHERE id = 2;
CREATE TABLE texts (
  c CHAR(5) CHARACTER SET latin1, v VARCHAR(64) CHARACTER SET utf8mb4, w VARCHAR(63) CHARACTER SET utf8mb4,
  l CHAR(255) CHARACTER SET utf8mb4, u VARCHAR(10) CHARACTER SET utf16, g VARCHAR(10) CHARACTER SET gbk,
  e ENUM('a','é') CHARACTER SET latin1, e2 ENUM('x','y') CHARACTER SET utf8mb4, st SET('r','g','b'),
  tt TINYTEXT, tx TEXT CHARACTER SET latin1, mt MEDIUMTEXT, lt LONGTEXT, bi BINARY(5), vb VARBINARY(300),
  tb TINYBLOB, bb BLOB, mb MEDIUMBLOB, lb LONGBLOB, j JSON, name VARCHAR(7),
  PRIMARY KEY (v(4), c));
INSERT INTO texts VALUES ('abc', 'grün', '', 'lang', 'ué', '中文', 'é', 'y', 'r,b', 'tiny', 'text é', 'medium', 'long',
  x'6100', x'610000', 'tb', 'bb', '', NULL, '{"a": [1, 2.5, "x", null, true], "b": {}}', 'last');
UPDATE texts SET e = 2, st = '', j = '[]' WHERE c = 'abc';
-- Types whose cells are not decoded, between texts whose charset must not shift.
CREATE TABLE places (id INT PRIMARY KEY, v VARCHAR(9) CHARACTER SET latin1, vc VECTOR(2), geo POINT, gc GEOMETRY,
  name VARCHAR(7) CHARACTER SET gbk);
INSERT INTO places VALUES (1, 'first', TO_VECTOR('[1,2]'), POINT(3, 4), ST_GeomFromText('LINESTRING(0 0,1 1)'), 'last'),
  (2, 'second', NULL, NULL, NULL, NULL);
CREATE TABLE times (
  id INT PRIMARY KEY, d DATE, t TIME, t3 TIME(3), t6 TIME(6), dt DATETIME, dt1 DATETIME(1), dt6 DATETIME(6),
  ts TIMESTAMP NULL, ts4 TIMESTAMP(4) NULL);
SET time_zone = '+00:00', sql_mode = '';
INSERT INTO times VALUES
  (1, '2024-02-29', '-00:00:01', '-00:00:00.500', '838:59:59', '9999-12-31 23:59:59', '2024-01-02 03:04:05.6',
   '1000-01-01 00:00:00.000001', '2038-01-19 03:14:07', '1970-01-01 00:00:01.0001'),
  (2, '0000-00-00', '00:00:00', '00:00:00', '00:00:00.000001', '0000-00-00', '2024-00-00', '0000-00-00', 0, 0);
CREATE TABLE wide16 (a1 INT, a2 INT, a3 INT, a4 INT, a5 INT, a6 INT, a7 INT, a8 INT, a9 INT, a10 INT, a11 INT, a12 INT,
  a13 INT, a14 INT, a15 INT, a16 INT);
INSERT INTO wide16 () VALUES ();
INSERT INTO wide16 (a8, a9, a16) VALUES (8, 9, 16);
CREATE TABLE wide17 LIKE wide16;
ALTER TABLE wide17 ADD a17 INT UNSIGNED INVISIBLE;
INSERT INTO wide17 (a1, a17) VALUES (1, 17);
