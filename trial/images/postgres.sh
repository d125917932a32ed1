#!/bin/sh
# As the official image's entry point does: the password's file is read as root, the server runs as postgres.
set -eu
data=/var/lib/postgresql/data
own() { setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"; }
mkdir -p "$data" /run/postgresql
chown -R postgres: "$data" /run/postgresql
chmod 0700 "$data"
if [ ! -s "$data/PG_VERSION" ]; then
    password=$(mktemp)
    cat "$POSTGRES_PASSWORD_FILE" > "$password"
    chown postgres: "$password"
    own initdb --pgdata="$data" --username="$POSTGRES_USER" --pwfile="$password" --auth-host=scram-sha-256
    rm "$password"
    echo "host all all all scram-sha-256" >> "$data/pg_hba.conf"
    echo "CREATE DATABASE $POSTGRES_DB" | own postgres --single -D "$data" postgres
fi
exec setpriv --reuid=postgres --regid=postgres --clear-groups -- postgres -D "$data" -c listen_addresses='*'
