"""What shuts every port of SeaweedFS but S3 to whoever has no key of it.

Behind the S3 gateway the servers know no identities: who reaches their ports owns every object. So all of them, plain
and gRPC, take calls by mutual TLS alone, and only the server itself has the certificate; signed tokens are the second
lock, on the local sockets too. S3 has its own keys.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from soket.stack import certificates
from soket.stack.state import write_private

FILE = "security.toml"

_SIGNED = ("jwt.signing", "jwt.signing.read", "jwt.filer_signing", "jwt.filer_signing.read")
_GRPC = ("master", "volume", "filer", "s3", "client")
_HTTPS = ("master", "volume", "filer", "client")


def ensure(folder: Path) -> bool:
    """Make the keys and the settings where they are missing or near their end; tell whether they were made."""
    certificate = folder / "certificate.pem"
    if (folder / FILE).exists() and certificate.exists() and certificates.is_good(certificate.read_text()):
        return False
    issued = certificates.issue("soket store")
    for name, text in issued._asdict().items():
        write_private(folder / f"{name}.pem", text)
    # Last: where it stands, the rest is there.
    write_private(folder / FILE, settings(folder))
    return True


def settings(folder: Path) -> str:
    """Return the server's settings, with new signing keys and the certificate in a folder."""
    own = f'cert = "{folder}/certificate.pem"\nkey = "{folder}/key.pem"\n'
    authority = f'ca = "{folder}/authority.pem"\n'
    sections = {name: f'key = "{secrets.token_urlsafe(32)}"\n' for name in _SIGNED}
    sections["grpc"] = authority
    sections |= {f"grpc.{name}": own for name in _GRPC}
    sections |= {f"https.{name}": own + authority for name in _HTTPS}
    sections["https.client"] += "enabled = true\n"
    sections["access"] = "ui = false\n"
    sections["filer.expose_directory_metadata"] = "enabled = false\n"
    return "".join(f"[{name}]\n{text}" for name, text in sections.items())
