-- Recorded with log_bin_compress=ON, log_bin_compress_min_len=10, no metadata.
CREATE DATABASE packed;
USE packed;
CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(400), b MEDIUMTEXT);
INSERT INTO t VALUES (1, REPEAT('a', 300), REPEAT('b', 70000)), (2, NULL, '');
UPDATE t SET v = REPEAT('c', 200);
DELETE FROM t;
SET binlog_row_image = MINIMAL;
INSERT INTO t (id, v) VALUES (3, REPEAT('d', 300));
UPDATE t SET v = REPEAT('e', 100);
