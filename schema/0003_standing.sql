-- How a circle stands at this host (core/log/api.ts, standings), since which hour, and whose keys count for what
-- ends it: who confirmed the log after a restore, or who brings it here. 32 bytes each.
ALTER TABLE circle ADD COLUMN standing BIGINT NOT NULL DEFAULT 0;
ALTER TABLE circle ADD COLUMN standing_hour BIGINT NOT NULL DEFAULT 0;
ALTER TABLE circle ADD COLUMN standing_keys BYTEA;
