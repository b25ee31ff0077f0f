-- One set for every engine: these type names mean the same to PostgreSQL, SQLite and D1 (a column declared
-- BYTEA keeps blobs as they are in SQLite). Every primary key begins with the circle, so the tables shard by it.
-- Nothing here says who wrote an entry or when it came.

CREATE TABLE circle (
  id BYTEA NOT NULL PRIMARY KEY,
  size BIGINT NOT NULL,
  access_version BIGINT NOT NULL,
  acl BYTEA NOT NULL,
  -- How many statements were erased: whoever keeps pages in memory compares it.
  erasures BIGINT NOT NULL,
  -- Entries before this position are in known or known_run; the hashes of the rest are looked up in entry.
  known BIGINT NOT NULL,
  -- Quotas used, in bytes: by members, and by control keys, which have their own.
  bytes BIGINT NOT NULL,
  control_bytes BIGINT NOT NULL,
  -- Founded, in hours since 1970.
  hour BIGINT NOT NULL
);

-- The primary key is the guard of every append: who lost a race meets it and reads again.
CREATE TABLE entry (
  circle BYTEA NOT NULL,
  position BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  header BYTEA NOT NULL,
  -- NULL once erased; sealed_hash stands for it then, and is NULL before.
  sealed BYTEA,
  sealed_hash BYTEA,
  PRIMARY KEY (circle, position)
);

-- Where an entry stands, by the first 16 bytes of its hash: for engines that serve several hosts at once.
CREATE TABLE known (
  circle BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (circle, hash)
);

-- The same 16 bytes of consecutive entries from first on, joined: for engines that one host has to itself. It reads
-- them once and finds in memory; hashes come in no order, and an index would dirty a page for each of them.
CREATE TABLE known_run (
  circle BYTEA NOT NULL,
  first BIGINT NOT NULL,
  hashes BYTEA NOT NULL,
  PRIMARY KEY (circle, first)
);

-- Perfect subtrees of every fourth level above the leaves (whose hashes are in entry); the levels between are
-- made of at most eight of them.
CREATE TABLE node (
  circle BYTEA NOT NULL,
  level BIGINT NOT NULL,
  idx BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (circle, level, idx)
);

-- Every epoch's access key, the position of the entry that began it and of the one that ended it.
CREATE TABLE access (
  circle BYTEA NOT NULL,
  epoch BIGINT NOT NULL,
  key BYTEA NOT NULL,
  began BIGINT NOT NULL,
  ended BIGINT,
  PRIMARY KEY (circle, epoch)
);

CREATE INDEX access_key ON access (circle, key);

CREATE TABLE blob (
  circle BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  bytes BYTEA NOT NULL,
  -- Uploaded, in hours since 1970: what no entry lists after a day is dropped.
  hour BIGINT NOT NULL,
  -- 1 where a control key uploaded it: it counts against that quota.
  control BIGINT NOT NULL,
  PRIMARY KEY (circle, hash)
);

-- Which entry lists which blob. The reference is the guard against a blob that is swept away meanwhile.
CREATE TABLE listing (
  circle BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (circle, hash, position),
  FOREIGN KEY (circle, hash) REFERENCES blob (circle, hash)
);

CREATE INDEX listing_position ON listing (circle, position);

CREATE TABLE mailbox (
  circle BYTEA NOT NULL,
  key BYTEA NOT NULL,
  -- Seconds since 1970.
  expires BIGINT NOT NULL,
  request BYTEA,
  contested BIGINT NOT NULL,
  welcome BYTEA,
  PRIMARY KEY (circle, key)
);

-- Erasures by one control key, held until they are due (hours since 1970) or cancelled.
CREATE TABLE erasure (
  circle BYTEA NOT NULL,
  position BIGINT NOT NULL,
  target BIGINT NOT NULL,
  due BIGINT NOT NULL,
  PRIMARY KEY (circle, position, target)
);
