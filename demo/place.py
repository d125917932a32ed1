"""Where a stack is reached, and with what: all that the players know of how it is run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from soket.stack.airflow import address, environment
from soket.stack.credentials import Credentials
from soket.stack.ports import HOST
from soket.stack.state import State


@dataclass(frozen=True)
class MailServer:
    """The server that takes all mail, and shows it."""

    host: str
    smtp: int
    imap: int
    page: str  # its address
    password: str
    certificate: Path | None  # None: it speaks no TLS


@dataclass(frozen=True)
class Place:
    """A running stack from outside; units and offices have their keys and passwords from its state."""

    state: State
    airflow: str  # the address of its pages
    page: str  # that of the units' page
    mail: MailServer
    environment: Mapping[str, str]  # of a process that reads its bucket as the service, at its clock

    @classmethod
    def embedded(cls, state: State) -> Place:
        """Return the stack that was started in a state folder."""
        ports, password = state.ports, Credentials.load(state).mail
        page, certificate = f"http://{HOST}:{ports['mail_http']}", state.root / "mail" / "certificate.pem"
        mail = MailServer(HOST, ports["smtp"], ports["imap"], page, password, certificate)
        return cls(state, address(state), f"http://{HOST}:{ports['page']}", mail, environment(state))
