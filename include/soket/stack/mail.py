"""The mail server: takes every mail, keeps it on disk, shows it on a page. Nothing ever leaves the machine."""

from __future__ import annotations

import smtplib
import ssl
import sys
from base64 import b64encode
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection
from pathlib import Path

from soket.stack import certificates
from soket.stack.component import Component, Wave
from soket.stack.credentials import Credentials
from soket.stack.ports import HOST
from soket.stack.state import write_private

USER = "soket@localhost.localdomain"
FOLDER_VARIABLE = "SOKET_MAILBOX"  # where mail is kept; without it, in memory


class Mail(Component):
    """SMTP with STARTTLS, IMAP, and a web page; one mailbox for all addresses."""

    name = "mail"
    title = "Máy chủ thư"
    wave = Wave.SERVERS
    start_within = 60.0
    stop_within = 3.0

    @property
    def directory(self) -> Path:
        """Return the folder of its certificate and its mail."""
        return self.state.root / "mail"

    @property
    def port(self) -> int:
        """Return the SMTP port."""
        return self.state.ports["smtp"]

    @property
    def _certificate(self) -> tuple[Path, Path]:
        return self.directory / "certificate.pem", self.directory / "key.pem"

    def prepare(self) -> None:
        """Make a certificate at the first start."""
        self.directory.mkdir(mode=0o700, exist_ok=True)
        certificate, key = self._certificate
        if not (certificate.exists() and key.exists()):
            issued = certificates.issue("soket mail")
            write_private(key, issued.key)
            write_private(certificate, issued.certificate + issued.authority)

    def command(self) -> Sequence[str]:
        """Return the server's command line."""
        ports = self.state.ports
        certificate, key = self._certificate
        numbers = {"smtp": "smtp", "smtps": "smtps", "imap": "imap", "http": "mail_http"}
        return [
            *(sys.executable, "-m", "soket.stack.mailbox"),
            *("--host", HOST, "--user", USER, "--auth-required", "--auth-require-tls"),
            *("--cert", str(certificate), "--key", str(key), "--client-max-size", "32M"),
            *(part for option, name in numbers.items() for part in (f"--{option}-port", str(ports[name]))),
        ]

    def environment(self) -> Mapping[str, str]:
        """Return the password, out of sight of `ps`, and where mail is kept."""
        return {
            "MAIL_PASSWORD": Credentials.load(self.state).mail,
            FOLDER_VARIABLE: str(self.directory / "box"),
        }

    def ready(self, since: float) -> bool:  # noqa: ARG002 - a dead server answers nothing
        """Log in over SMTP and fetch the page."""
        with smtplib.SMTP(HOST, self.port, timeout=5) as smtp:
            smtp.starttls(context=self._context())
            smtp.login(USER, Credentials.load(self.state).mail)
        page = HTTPConnection(HOST, self.state.ports["mail_http"], timeout=5)
        known = b64encode(f"{USER}:{Credentials.load(self.state).mail}".encode()).decode()
        try:
            page.request("GET", "/", headers={"Authorization": f"Basic {known}"})
            return page.getresponse().status == 200
        finally:
            page.close()

    def trouble(self, since: float) -> str | None:  # noqa: ARG002 - the server answers or it does not
        """Say hello: a login and a whole page each time would fill its log."""
        with smtplib.SMTP(HOST, self.port, timeout=5):
            return None

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self._certificate[0]))
