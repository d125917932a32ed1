# Stand in for postgres:17, valkey/valkey:8 and chrislusf/seaweedfs: Debian's servers, entry points like theirs.
FROM soket-trial/trixie:1 AS postgres
ENV PATH=/usr/lib/postgresql/17/bin:$PATH \
    LANG=C.UTF-8
COPY postgres.sh /usr/local/bin/docker-entrypoint.sh
ENTRYPOINT ["sh", "/usr/local/bin/docker-entrypoint.sh"]
CMD ["postgres"]

FROM soket-trial/trixie:1 AS valkey
WORKDIR /data
CMD ["valkey-server"]

FROM soket-trial/trixie:1 AS seaweedfs
COPY weed /usr/bin/weed
COPY seaweedfs.sh /entrypoint.sh
ENTRYPOINT ["sh", "/entrypoint.sh"]
