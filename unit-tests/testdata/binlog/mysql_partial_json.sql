-- Updates that log what changed in a JSON document, with the row images that have the document before and without.
CREATE DATABASE shop;
USE shop;
SET binlog_row_value_options = PARTIAL_JSON;
CREATE TABLE documents (id INT PRIMARY KEY, note VARCHAR(9), doc JSON, other JSON);
INSERT INTO documents VALUES
  (1, 'one', '{"a": [1, 2, 3], "b": {"c": "text"}, "odd key": [true], "x\\"y": 1, "é": 2, "": 3}', '[0, 1, 2, 3, 4]'),
  (2, NULL, '{"k": "a longer text that is shortened in place"}', NULL);
UPDATE documents SET doc = JSON_REPLACE(doc, '$.b.c', 'u', '$.a[last]', 4.50), other = JSON_REMOVE(other, '$[0]', '$[last]');
UPDATE documents SET doc = JSON_SET(doc, '$.a[7]', CAST('{"n": null}' AS JSON), '$."odd key"[0]', 1e20, '$."x\\"y"', 'é', '$.é', 0);
UPDATE documents SET doc = JSON_SET(JSON_REMOVE(doc, '$.a[0]'), '$.k', 's') WHERE id = 2 OR id = 1;
UPDATE documents SET doc = JSON_SET(doc, '$.z', 1), note = 'both' WHERE id = 2;
UPDATE documents SET note = 'neither';
UPDATE documents SET doc = '{}', other = JSON_SET('[1, 2, 3]', '$[1]', 'whole') WHERE id = 1;
SET binlog_row_image = MINIMAL;
UPDATE documents SET doc = JSON_SET(doc, '$.m', 1) WHERE id = 1;
UPDATE documents SET doc = JSON_SET(doc, '$.m', 2), other = JSON_REMOVE(other, '$[0]') WHERE id = 1;
UPDATE documents SET note = 'minimal';
SET binlog_row_image = NOBLOB;
UPDATE documents SET doc = JSON_SET(doc, '$.m', 3) WHERE id = 1;
DELETE FROM documents;
DROP DATABASE shop;
