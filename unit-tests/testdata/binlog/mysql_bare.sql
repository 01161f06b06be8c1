-- No checksums, no GTIDs, minimal metadata; the format description still has its checksum.
CREATE DATABASE bare;
USE bare;
CREATE TABLE t (id INT UNSIGNED PRIMARY KEY, y YEAR, v VARCHAR(20) CHARACTER SET latin1, e ENUM('a', 'b'), vc VECTOR(3));
INSERT INTO t VALUES (1, 2024, 'é', 'b', NULL);
UPDATE t SET v = NULL;
DELETE FROM t;
