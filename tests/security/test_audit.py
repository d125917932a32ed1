"""The audit of what is locked finds what the database knows, lives with what the file says, never passes unasked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from .audit import ACCEPTED, CLEAN, FOUND, LOCKS, NOT_AUDITED, accepted, audit

pytestmark = pytest.mark.integration

HOLE = {
    "id": "PYSEC-2031-1",
    "aliases": ["CVE-2031-1"],
    "summary": "A hole",
    "details": "A hole",
    "affected": [
        {
            "package": {"name": "leaky", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}],
            "versions": ["1.0"],
        }
    ],
}


class Database(BaseHTTPRequestHandler):
    """Knows one hole of one package."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = json.dumps({"vulns": [HOLE]} if asked["package"]["name"] == "leaky" else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def database() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Database)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    server.server_close()


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    file = tmp_path / "requirements.txt"
    file.write_text("leaky==1.0\nsound==2.0 ; python_version >= '3.11'\n")
    return file


def lived_with(folder: Path, until: str) -> Path:
    file = folder / "accepted.yaml"
    file.write_text(f"- {{id: CVE-2031-1, reason: nothing of ours calls it, until: {until}}}\n")
    return file


def test_a_hole_is_found_and_named(lock: Path, database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit([lock], ACCEPTED, database) == FOUND
    assert "leaky 1.0: CVE-2031-1, PYSEC-2031-1, mended in 1.1" in capsys.readouterr().out


def test_one_is_lived_with_until_its_day(lock: Path, database: str, tmp_path: Path) -> None:
    assert audit([lock], lived_with(tmp_path, "2999-01-01"), database) == CLEAN
    assert accepted(lived_with(tmp_path, "2020-01-01"), date(2020, 1, 2)) == set()


def test_none_is_lived_with_without_a_reason(tmp_path: Path) -> None:
    file = tmp_path / "accepted.yaml"
    file.write_text("- {id: CVE-2031-1, until: 2999-01-01}\n")
    with pytest.raises(ValueError, match="reason"):
        accepted(file, date(2031, 1, 1))
    assert accepted(ACCEPTED, date(2000, 1, 1)) is not None


def test_where_nobody_can_be_asked_it_says_so(lock: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit([lock], ACCEPTED, "http://127.0.0.1:9/v1/query") == NOT_AUDITED
    assert capsys.readouterr().out.startswith("NOT AUDITED: ")
    assert all(each.is_file() for each in LOCKS)
