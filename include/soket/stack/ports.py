"""Ports: found once, remembered, and given up when someone else has taken them."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Mapping

HOST = "127.0.0.1"

# SeaweedFS serves gRPC at each HTTP port + 10000.
GRPC_OFFSET = 10_000
WITH_GRPC = ("s3", "filer", "master", "volume")
NAMES = (*WITH_GRPC, "postgres", "smtp", "smtps", "imap", "mail_http", "api", "page", "bell")

# Below 22,700 the gRPC twin stays under 32,768, where Linux starts handing out ports for outgoing connections.
_RANGE = range(15_000, 22_700)


def is_free(port: int) -> bool:
    """Tell whether a server could listen at a port of the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: a port whose old connections still linger counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def choose(remembered: Mapping[str, int], patience: float = 0.0) -> tuple[dict[str, int], list[str]]:
    """Return a free port for each name, and the names whose remembered port someone else has taken.

    Letters name these ports: a server that was killed a moment ago gets some seconds to let go of its own.
    """
    ports: dict[str, int] = {}
    moved = []
    deadline = time.monotonic() + patience
    for name in NAMES:
        port = remembered.get(name)
        while port is not None and not _usable(name, port, ports) and time.monotonic() < deadline:
            time.sleep(0.1)
        if port is None or not _usable(name, port, ports):
            if port is not None:
                moved.append(name)
            port = _find(name, ports, set(remembered.values()))
        ports[name] = port
    return ports, moved


def _find(name: str, taken: Mapping[str, int], avoid: set[int]) -> int:
    candidates = random.sample(_RANGE, len(_RANGE))
    for port in candidates:
        if port not in avoid and _usable(name, port, taken):
            return port
    raise OSError(f"no free port between {_RANGE.start} and {_RANGE.stop} for {name}")


def _usable(name: str, port: int, taken: Mapping[str, int]) -> bool:
    if port in taken.values() or not is_free(port):
        return False
    return name not in WITH_GRPC or is_free(port + GRPC_OFFSET)
