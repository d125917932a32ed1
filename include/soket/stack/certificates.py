"""Certificates for servers on one machine, each signed by an authority that is forgotten at once.

Whoever trusts the authority therefore trusts this one certificate and no other, ever.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import NamedTuple

from soket.stack.ports import HOST

VALID_FOR = timedelta(days=3650)
RENEW_BEFORE = timedelta(days=365)


class Issued(NamedTuple):
    """A certificate, its key, and the authority by which to know it; all PEM."""

    authority: str
    certificate: str
    key: str


def issue(name: str) -> Issued:
    """Return a new certificate for servers and clients at the loopback address."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    now = datetime.now(UTC)
    signer, private = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} authority")])
    addresses = [x509.DNSName("localhost"), x509.IPAddress(ip_address(HOST))]

    def sign(subject: x509.Name, key: ec.EllipticCurvePublicKey, extension: x509.ExtensionType) -> str:
        signed = (
            x509.CertificateBuilder(issuer_name=issuer, subject_name=subject, public_key=key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + VALID_FOR)
            .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
            .sign(signer, hashes.SHA256())
        )
        return signed.public_bytes(serialization.Encoding.PEM).decode()

    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    secret = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Issued(
        authority=sign(issuer, signer.public_key(), x509.BasicConstraints(ca=True, path_length=0)),
        certificate=sign(subject, private.public_key(), x509.SubjectAlternativeName(addresses)),
        key=secret.decode(),
    )


def is_good(certificate: str) -> bool:
    """Tell whether a certificate has so much time left that it need not be renewed at this start."""
    from cryptography import x509

    try:
        expiry = x509.load_pem_x509_certificate(certificate.encode()).not_valid_after_utc
    except ValueError:
        return False
    return datetime.now(UTC) + RENEW_BEFORE < expiry
