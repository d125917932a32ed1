from __future__ import annotations

import socket
import threading

import pytest

from soket.stack import ports

# Sockets are what this is about, though no server is needed.
pytestmark = pytest.mark.usefixtures("socket_enabled")


def test_every_service_gets_a_port_of_its_own() -> None:
    chosen, moved = ports.choose({})
    assert set(chosen) == set(ports.NAMES)
    assert len(set(chosen.values())) == len(chosen)
    assert not moved
    assert all(ports.is_free(chosen[name] + ports.GRPC_OFFSET) for name in ports.WITH_GRPC)


def test_ports_are_remembered() -> None:
    chosen, _ = ports.choose({})
    assert ports.choose(chosen) == (chosen, [])


@pytest.mark.parametrize("offset", [0, ports.GRPC_OFFSET])
def test_a_port_that_someone_took_is_given_up_and_named(offset: int) -> None:
    chosen, _ = ports.choose({})
    with socket.socket() as stranger:
        stranger.bind((ports.HOST, chosen["s3"] + offset))
        stranger.listen()
        again, moved = ports.choose(chosen)
    assert moved == ["s3"]
    assert again["s3"] != chosen["s3"]
    assert {name: port for name, port in again.items() if name != "s3"} == {
        name: port for name, port in chosen.items() if name != "s3"
    }


def test_a_port_that_is_let_go_of_in_time_is_kept() -> None:
    chosen, _ = ports.choose({})
    with socket.socket() as dying:
        dying.bind((ports.HOST, chosen["s3"]))
        dying.listen()
        threading.Timer(0.5, dying.close).start()
        assert ports.choose(chosen, patience=30) == (chosen, [])
