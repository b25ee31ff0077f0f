#!/bin/sh
# Backup drill for hosts on PostgreSQL, to be run while they serve: dumps the database, restores the dump into one made
# for the drill, and checks there that no circle lacks an entry, no entry a place, and that every blob is the one its hash names
# (an empty one is waited for since a restore or a move). The dump stays; the database of the drill goes.
#
#   deploy/drills/postgres.sh DATABASE_URL BACKUPS
#
# The role of DATABASE_URL must be allowed to make databases. The host's key is not in the database: keep it beside the
# dump. Exit 0: today's dump is good.
set -eu
[ $# -eq 2 ] || { echo "usage: $0 DATABASE_URL BACKUPS" >&2; exit 2; }
source=$1
backups=$2

umask 077
mkdir -p "$backups"
target="$backups/$(date -u +%Y-%m-%d).dump"
[ ! -e "$target" ] || { echo "$target is there already: today's drill was held" >&2; exit 2; }

# One moment of the database, whatever is written meanwhile.
pg_dump --dbname="$source" --format=custom --serializable-deferrable --no-owner --no-acl --file="$target.part"

drill="symbolon_drill_$$"
psql --dbname="$source" --quiet --set=ON_ERROR_STOP=1 --command="CREATE DATABASE $drill"
trap 'psql --dbname="$source" --quiet --command="DROP DATABASE IF EXISTS $drill"' EXIT INT TERM
# The same server and role, the drill's database.
scratch=$(printf %s "$source" | sed -E "s#^([a-z]+://[^/?]*)(/[^?]*)?#\1/$drill#")
pg_restore --dbname="$scratch" --exit-on-error --single-transaction --no-owner --no-acl "$target.part"

wrong=$(psql --dbname="$scratch" --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1 --command="
  SELECT (SELECT count(*) FROM circle c WHERE c.size <> (SELECT count(*) FROM entry e WHERE e.circle = c.id)
            OR c.size <> (SELECT max(position) + 1 FROM entry e WHERE e.circle = c.id))
       + (SELECT count(*) FROM entry e WHERE NOT EXISTS (SELECT 1 FROM circle c WHERE c.id = e.circle))
       + (SELECT count(*) FROM entry e WHERE e.sealed IS NULL AND e.sealed_hash IS NULL)
       + (SELECT count(*) FROM blob b WHERE b.bytes <> '' AND sha256(b.bytes) <> b.hash)")
[ "$wrong" = 0 ] || { echo "the dump is not whole: $wrong rows are wrong" >&2; exit 1; }
psql --dbname="$scratch" --quiet --no-align --tuples-only --command="
  SELECT 'circles ' || (SELECT count(*) FROM circle) || ', entries ' || (SELECT count(*) FROM entry)
      || ', blobs ' || (SELECT count(*) FROM blob) || ': whole'"
# Only what was restored and checked gets the name of a backup.
mv "$target.part" "$target"
echo "kept as $target"
