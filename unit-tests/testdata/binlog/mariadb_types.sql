-- Every column type, with edge values; complete metadata, so every list of the table map.
CREATE DATABASE shop;
USE shop;
CREATE TABLE numbers (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY, t TINYINT, tu TINYINT UNSIGNED, s SMALLINT, su SMALLINT UNSIGNED,
  m MEDIUMINT, mu MEDIUMINT UNSIGNED, i INT, iu INT UNSIGNED, b BIGINT, y YEAR, d DOUBLE, du DOUBLE UNSIGNED,
  f FLOAT, n DECIMAL(10,2), nu DECIMAL(65,38) UNSIGNED, bits BIT(3), bits64 BIT(64), bo BOOL);
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
  uca VARCHAR(10) CHARACTER SET utf8mb4 COLLATE uca1400_ai_ci,
  e ENUM('a','é') CHARACTER SET latin1, e2 ENUM('x','y') CHARACTER SET utf8mb4, st SET('r','g','b'),
  tt TINYTEXT, tx TEXT CHARACTER SET latin1, mt MEDIUMTEXT, lt LONGTEXT, bi BINARY(5), vb VARBINARY(300),
  tb TINYBLOB, bb BLOB, mb MEDIUMBLOB, lb LONGBLOB, j JSON, id UUID, ip4 INET4, ip6 INET6, name VARCHAR(7),
  PRIMARY KEY (v(4), c));
INSERT INTO texts VALUES ('abc', 'grün', '', 'lang', 'ué', '中文', 'uca', 'é', 'y', 'r,b', 'tiny', 'text é', 'medium',
  'long', x'6100', x'610000', 'tb', 'bb', '', NULL, '{"a": [1, 2.5, "x", null, true], "b": {}}',
  '123e4567-e89b-12d3-a456-426614174000', '1.0.0.0', '2001::', 'last');
UPDATE texts SET e = 2, st = '', j = '[]' WHERE c = 'abc';
-- Types whose cells are not decoded, between texts whose charset must not shift.
CREATE TABLE places (id INT PRIMARY KEY, v VARCHAR(9) CHARACTER SET latin1, geo POINT, gc GEOMETRY,
  vcomp VARCHAR(80) COMPRESSED CHARACTER SET latin1, tcomp TEXT COMPRESSED, name VARCHAR(7) CHARACTER SET gbk);
INSERT INTO places VALUES (1, 'first', POINT(3, 4), ST_GeomFromText('LINESTRING(0 0,1 1)'), REPEAT('v', 70),
  REPEAT('t', 900), 'last'), (2, 'second', NULL, NULL, '', 'short', NULL);
CREATE TABLE times (
  id INT PRIMARY KEY, d DATE, t TIME, t3 TIME(3), t6 TIME(6), dt DATETIME, dt1 DATETIME(1), dt6 DATETIME(6),
  ts TIMESTAMP NULL, ts4 TIMESTAMP(4) NULL);
SET time_zone = '+00:00', sql_mode = '';
INSERT INTO times VALUES
  (1, '2024-02-29', '-00:00:01', '-00:00:00.500', '838:59:59', '9999-12-31 23:59:59', '2024-01-02 03:04:05.6',
   '1000-01-01 00:00:00.000001', '2038-01-19 03:14:07', '1970-01-01 00:00:01.0001'),
  (2, '0000-00-00', '00:00:00', '00:00:00', '00:00:00.000001', '0000-00-00', '2024-00-00', '0000-00-00', 0, 0);
CREATE TABLE wide9 (a1 INT, a2 INT, a3 INT, a4 INT, a5 INT, a6 INT, a7 INT, a8 INT, a9 INT INVISIBLE);
INSERT INTO wide9 () VALUES ();
INSERT INTO wide9 (a8, a9) VALUES (8, 9);
CREATE SEQUENCE numbering;
SELECT NEXTVAL(numbering);
