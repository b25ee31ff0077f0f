-- The key that signs the checkpoints of every circle in this database: one row. Another key would fork them all.
CREATE TABLE host (
  id BIGINT NOT NULL PRIMARY KEY,
  key BYTEA NOT NULL
);
