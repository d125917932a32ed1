"""Someone on the same machine, or in another container, who has no key and tries every door he finds."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil

from soket.stack.certificates import Issued

# What the components answer to those who may ask, and what they must not answer to anybody else: administration,
# listing, reading, writing, status, figures, profiles. `{volume}` stands for every file a volume may hold.
PATHS = (
    *("/", "/status", "/metrics", "/debug/pprof/", "/debug/vars", "/ui/index.html", "/stats/counter", "/healthz"),
    *("/col/delete?collection=soket", "/vol/grow?count=1&collection=soket", "/vol/status", "/vol/vacuum"),
    *("/dir/assign?collection=soket", "/dir/lookup?volumeId=1&collection=soket", "/dir/status", "/submit"),
    *("/cluster/status", "/collection/info?collection=soket", "/raft/stats", "/delete?collection=soket"),
    *(
        "/buckets/",
        "/buckets/soket/",
        "/buckets/soket?recursive=true",
        "/etc/iam/",
        "/.tus/",
        "/soket/",
        "/1,01637037d6",
    ),
)
METHODS = ("GET", "POST", "PUT", "DELETE")
REFUSED = (400, 401, 403, 405)


class Answer(NamedTuple):
    """What came back through a door that should be shut."""

    door: str
    request: str
    status: int
    body: bytes


def doors(processes: Iterable[psutil.Process]) -> set[tuple[str, int]]:
    """Return every TCP address that any of the processes listens at."""
    found = set()
    for process in processes:
        with suppress(psutil.NoSuchProcess, FileNotFoundError):  # a worker that has ended since listens nowhere
            connections = process.net_connections("tcp")
            found |= {tuple(each.laddr) for each in connections if each.status == psutil.CONN_LISTEN}
    return found


def sockets(processes: Iterable[psutil.Process]) -> set[Path]:
    """Return every local socket that any of the processes listens at."""
    found = set()
    for process in processes:
        with suppress(psutil.NoSuchProcess, FileNotFoundError):  # a worker that has ended since listens nowhere
            found |= {Path(each.laddr) for each in process.net_connections("unix") if str(each.laddr).strip("\0")}
    return found


def ask(door: tuple[str, int], tls: ssl.SSLContext | None, source: str | None = None) -> list[Answer]:
    """Try every request at a door; return what was answered with anything but a refusal."""
    answers = []
    for path in PATHS:
        for method in METHODS:
            origin = (source, 0) if source else None
            if tls is None:
                caller = http.client.HTTPConnection(*door, timeout=5, source_address=origin)
            else:
                caller = http.client.HTTPSConnection(*door, timeout=5, source_address=origin, context=tls)
            try:
                caller.request(method, path, body=b"x" if method in ("POST", "PUT") else None)
                answer = caller.getresponse()
                answers.append(Answer(f"{door[0]}:{door[1]}", f"{method} {path}", answer.status, answer.read(500)))
            except (OSError, http.client.HTTPException):
                pass  # cut off: as it should be
            finally:
                caller.close()
    return [answer for answer in answers if answer.status not in REFUSED]


def trusting(presented: Issued | None = None, folder: Path | None = None) -> ssl.SSLContext:
    """Return a TLS client that trusts anybody, with a certificate of an authority of its own or with none."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if presented and folder:
        (folder / "stranger.pem").write_text(presented.certificate + presented.key)
        context.load_cert_chain(folder / "stranger.pem")
    return context


def calls(door: tuple[str, int], credentials: object | None) -> list[str]:
    """Call the gRPC services of the store at a door; return what any of them answered, errors of its own included."""
    import grpc

    methods = (
        *("master_pb.Seaweed/CollectionDelete", "master_pb.Seaweed/VolumeList", "filer_pb.SeaweedFiler/ListEntries"),
        *("filer_pb.SeaweedFiler/DeleteEntry", "filer_pb.SeaweedFiler/AtomicRenameEntry"),
        *("volume_server_pb.VolumeServer/DeleteCollection", "volume_server_pb.VolumeServer/BatchDelete"),
        *("messaging_pb.SeaweedS3IamCache/PutIdentity", "grpc.reflection.v1.ServerReflection/ServerReflectionInfo"),
    )
    address = f"{door[0]}:{door[1]}"
    answered = []
    for method in methods:
        options = [("grpc.enable_retries", 0)]
        channel = (
            grpc.secure_channel(address, credentials, options)
            if credentials
            else grpc.insecure_channel(address, options)
        )
        with channel:
            call = channel.unary_unary(f"/{method}")
            try:
                call(b"", timeout=30)
                answered.append(f"{address} {method}: an answer")
            except grpc.RpcError as error:
                if error.code() != grpc.StatusCode.UNAVAILABLE:
                    answered.append(f"{address} {method}: {error.code()}")
    return answered


def reach(path: Path, user: int) -> bool:
    """Tell whether another user of the machine could connect to a local socket."""
    mode = path.stat().st_mode
    return bool(mode & 0o002) or (path.stat().st_uid == user and bool(mode & 0o200))


def is_open(door: tuple[str, int], source: str) -> bool:
    """Tell whether a door lets anyone knock who comes from an address."""
    try:
        with socket.create_connection(door, timeout=2, source_address=(source, 0)):
            return True
    except OSError:
        return False
