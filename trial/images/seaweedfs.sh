#!/bin/sh
# As the official image's entry point does: what is mounted is given to the server's user, who has no other rights.
set -eu
[ "$(stat -c %u /data)" = 1000 ] || chown -R 1000:1000 /data
shift
exec setpriv --reuid=1000 --regid=1000 --clear-groups -- \
    weed -logtostderr=true server -dir=/data -volume.max=0 -master.volumeSizeLimitMB=1024 "$@"
