from __future__ import annotations

import stat
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from soket.stack import certificates, seaweedfs_security


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_keys_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    assert seaweedfs_security.ensure(tmp_path)
    made = contents(tmp_path)
    assert set(made) == {"authority.pem", "certificate.pem", "key.pem", "security.toml"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
    assert not seaweedfs_security.ensure(tmp_path)
    assert contents(tmp_path) == made


def test_every_port_asks_for_the_certificate(tmp_path: Path) -> None:
    seaweedfs_security.ensure(tmp_path)
    settings = tomllib.loads((tmp_path / "security.toml").read_text())
    for component in ("master", "volume", "filer", "s3", "client"):
        assert settings["grpc"][component]["cert"] == f"{tmp_path}/certificate.pem"
    for component in ("master", "volume", "filer", "client"):
        assert settings["https"][component]["ca"] == settings["grpc"]["ca"] == f"{tmp_path}/authority.pem"
    signing = [settings["jwt"]["signing"], settings["jwt"]["filer_signing"]]
    keys = {key for section in signing for key in (section["key"], section["read"]["key"])}
    assert len(keys) == 4
    assert min(map(len, keys)) > 40


def test_keys_are_renewed_before_they_end_and_where_a_part_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificates, "VALID_FOR", certificates.RENEW_BEFORE - timedelta(days=2))
    assert seaweedfs_security.ensure(tmp_path)
    old = contents(tmp_path)
    monkeypatch.undo()
    assert seaweedfs_security.ensure(tmp_path)
    assert not seaweedfs_security.ensure(tmp_path)
    new = contents(tmp_path)
    assert not set(old.values()) & set(new.values())
    (tmp_path / "security.toml").unlink()
    assert seaweedfs_security.ensure(tmp_path)
    (tmp_path / "certificate.pem").write_text("spoilt")
    assert seaweedfs_security.ensure(tmp_path)


def test_nobody_can_sign_for_the_authority_again() -> None:
    one, two = certificates.issue("soket store"), certificates.issue("soket store")
    authority = x509.load_pem_x509_certificate(one.authority.encode())
    x509.load_pem_x509_certificate(one.certificate.encode()).verify_directly_issued_by(authority)
    with pytest.raises(InvalidSignature):
        x509.load_pem_x509_certificate(two.certificate.encode()).verify_directly_issued_by(authority)
    assert "PRIVATE" in one.key
    assert "PRIVATE" not in one.authority + one.certificate
