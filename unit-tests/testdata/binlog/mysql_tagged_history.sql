-- Recorded after mysql_transactions.sql: PREVIOUS_GTIDS has tags. One JSON difference, which is not supported.
USE shop;
CREATE TABLE documents (id INT PRIMARY KEY, doc JSON, other JSON);
INSERT INTO documents VALUES (1, '{"a": 1, "long": "0123456789012345678901234567890123456789"}', '[]');
SET binlog_row_value_options = PARTIAL_JSON;
UPDATE documents SET doc = JSON_SET(doc, '$.a', 2);
SET binlog_row_value_options = '';
UPDATE documents SET doc = JSON_REMOVE(doc, '$.long');
