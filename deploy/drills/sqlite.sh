#!/bin/sh
# Backup drill for a host on SQLite, to be run while it serves: takes a backup, restores it beside, verifies every
# page and every tree of it, and throws the restored copy away. The backup stays.
#
#   deploy/drills/sqlite.sh DATA BACKUPS
#
# DATA is the host's data directory, BACKUPS one that takes a backup per day. Exit 0: today's backup is good.
set -eu
[ $# -eq 2 ] || { echo "usage: $0 DATA BACKUPS" >&2; exit 2; }
data=$1
backups=$2
symbolon=${SYMBOLON:-"node $(dirname "$0")/../../dist/cli/main.js"}

umask 077
mkdir -p "$backups"
target="$backups/$(date -u +%Y-%m-%d)"
[ ! -e "$target" ] || { echo "$target is there already: today's drill was held" >&2; exit 2; }

scratch=$(mktemp -d "$backups/.drill-XXXXXX")
trap 'rm -rf "$scratch"' EXIT INT TERM

$symbolon host backup "$scratch/backup" --data "$data"
$symbolon host restore "$scratch/backup" --data "$scratch/data"
# Only what was restored and verified gets the name of a backup.
mv "$scratch/backup" "$target"
echo "kept as $target"
