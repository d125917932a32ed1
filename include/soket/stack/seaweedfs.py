"""SeaweedFS, the S3 server that holds the record."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from soket.stack import bucket, seaweedfs_security
from soket.stack.component import Component, Wave
from soket.stack.credentials import Credentials, KeyPair
from soket.stack.ports import GRPC_OFFSET, HOST, WITH_GRPC
from soket.stack.s3_identities import s3_identities
from soket.stack.state import State, write_private
from soket.store.bell import CALLER_FILE, caller_settings
from soket.store.connect import StoreSettings, s3_client

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

REGION = "us-east-1"


class SeaweedFS(Component):
    """Master, volume server, filer and S3 gateway in one process."""

    name = "seaweedfs"
    title = "Kho tệp S3 (SeaweedFS)"
    wave = Wave.SERVERS
    start_within = 60.0

    @property
    def directory(self) -> Path:
        """Return the folder of its data."""
        return self.state.root / "seaweedfs"

    @property
    def port(self) -> int:
        """Return the S3 port."""
        return self.state.ports["s3"]

    @property
    def _security(self) -> Path:
        return self.state.root / "seaweedfs-security"

    @property
    def _config(self) -> Path:
        return self.state.root / "s3.json"

    @cached_property
    def _client(self) -> S3Client:
        return service_client(self.state)

    def prepare(self) -> None:
        """Write down who may do what."""
        self.tidy()
        self.directory.mkdir(mode=0o700, exist_ok=True)
        self._security.mkdir(mode=0o700, exist_ok=True)
        seaweedfs_security.ensure(self._security)
        word, whom = Credentials.load(self.state).bell, f"http://{HOST}:{self.state.ports['bell']}/"
        calls = caller_settings(whom, word, self.state.spec.bucket)
        write_private(self._security / CALLER_FILE, calls)
        self.write_identities()

    def write_identities(self) -> None:
        """Write down who has which key; a running server reads it when it is told to."""
        identities = s3_identities(self.state.spec, Credentials.load(self.state))
        write_private(self._config, json.dumps(identities))

    def command(self) -> Sequence[str]:
        """Return the server's command line.

        It runs without GOMEMLIMIT: with one, an idle server was seen to take a tenth of a processor from the third
        minute on; without, it takes 0.2 CPU seconds a minute and 120 MB.
        """
        ports = self.state.ports
        return [
            str(Path(sys.executable).with_name("weed")),
            "-logtostderr=true",
            f"-config_dir={self._security}",
            # Not `mini`: that adds an administration server and maintenance workers, with a port of their own.
            "server",
            f"-dir={self.directory}",
            f"-ip={HOST}",
            f"-ip.bind={HOST}",
            *(f"-{name}.port={ports[name]}" for name in ("master", "volume", "filer", "s3")),
            "-filer",
            "-s3",
            "-master.peers=none",
            "-volume.max=0",
            "-master.volumeSizeLimitMB=1024",
            f"-s3.config={self._config}",
            # Identities come from the file alone.
            "-s3.iam=false",
            "-s3.autoCreateBucket=false",
            "-s3.allowDeleteBucketNotEmpty=false",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            "-master.telemetry=false",
        ]

    rest = 45.0  # each look is a request, and one that was robbed is to serve for less than a minute

    def ready(self, since: float) -> bool:  # noqa: ARG002 - a dead server answers nothing
        """Make the bucket at the first start, look whether it is all there, then write something and read it back."""
        spec = self.state.spec
        bucket.ensure(self.state, key_client(self.state, Credentials.load(self.state).admin), spec.bucket)
        client = self._client
        key, content = f".health/{uuid4()}", uuid4().bytes
        written = client.put_object(Bucket=spec.bucket, Key=key, Body=content)
        found = client.get_object(Bucket=spec.bucket, Key=key)["Body"].read()
        client.delete_object(Bucket=spec.bucket, Key=key, VersionId=written["VersionId"])
        return found == content

    def complaint(self) -> str | None:
        """Return what is wrong with the record, for people; None where nothing is."""
        return bucket.complaint(self.state, self._client, self.state.spec.bucket)

    def trouble(self, since: float) -> str | None:  # noqa: ARG002 - the server answers or it does not
        """Read what was written long ago; what `ready` writes would add up."""
        bucket.check(self.state, self._client, self.state.spec.bucket)
        return None

    def tidy(self) -> None:
        """Remove the sockets that the server leaves in /tmp, wherever TMPDIR points."""
        for name in WITH_GRPC:
            for port in (self.state.ports[name], self.state.ports[name] + GRPC_OFFSET):
                for path in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):  # noqa: S108 - the server's choice
                    path.unlink(missing_ok=True)


def endpoint(state: State) -> str:
    """Return the S3 address."""
    return f"http://{HOST}:{state.ports['s3']}"


def service_client(state: State) -> S3Client:
    """Return a client with the service identity: full rights on the bucket."""
    return key_client(state, Credentials.load(state).service)


def key_client(state: State, keys: KeyPair) -> S3Client:
    """Return a client with a key pair, whosever it is."""
    settings = StoreSettings(endpoint(state), keys.access_key, keys.secret, state.spec.bucket, REGION)
    return s3_client(settings, connect_timeout=2, read_timeout=10, retries={"total_max_attempts": 1}, proxies={})
