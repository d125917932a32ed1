"""Programs beside Python that reading some files needs: LibreOffice and Tesseract, where a machine has them.

Each runs on a file that the guard has let through, in a folder of its own, under limits, and is ended with its time.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path

VIETNAMESE = "vie"

_CPU_SECONDS = 30
_MEMORY = 3 << 30
_DATA = 1 << 30
_WORD = "docx:MS Word 2007 XML"
_PDF = b"%PDF-"


def office() -> str | None:
    """Return LibreOffice's command, None where there is none."""
    return shutil.which("soffice")


def recogniser() -> str | None:
    """Return Tesseract's command, None where it or what it knows of Vietnamese is missing."""
    found = shutil.which("tesseract")
    return found if found and _knows_vietnamese(found) else None


@cache
def _knows_vietnamese(command: str) -> bool:
    listed = subprocess.run([command, "--list-langs"], capture_output=True, check=False, timeout=20)
    return VIETNAMESE.encode() in listed.stdout.split()


def as_word(command: str, extension: str, data: bytes, seconds: float) -> bytes | None:
    """Return a document saved as .docx by LibreOffice; None where it did not come to that."""
    return _converted(command, extension, _WORD, data, seconds)


def as_pdf(command: str, data: bytes, seconds: float) -> bytes | None:
    """Return a .docx printed by LibreOffice; None where it did not come to a PDF that opens and has pages."""
    import pypdfium2

    made = _converted(command, "docx", "pdf", data, seconds)
    if made is None or not made.startswith(_PDF):
        return None
    try:
        document = pypdfium2.PdfDocument(made)
    except pypdfium2.PdfiumError:
        return None
    with contextlib.closing(document):
        return made if len(document) else None


def _converted(command: str, extension: str, to: str, data: bytes, seconds: float) -> bytes | None:
    """Return a file as LibreOffice saves it in another format, under a profile of its own."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"document.{extension}")
        source.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", to, "--outdir", f"{folder}/made"]
        _run([command, profile, *options, str(source)], b"", seconds, home=folder)
        made = Path(folder, "made", f"document.{to.partition(':')[0]}")
        return made.read_bytes() if made.exists() else None


def recognised(command: str, picture: bytes, seconds: float) -> str:
    """Return the text that Tesseract sees in a picture; '' where it sees none or takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        answer = _run([command, "stdin", "stdout", "-l", VIETNAMESE], picture, seconds, home=folder)
    return answer.decode(errors="replace")


def _run(command: list[str], given: bytes, seconds: float, *, home: str) -> bytes:
    """Run a program with nothing of our environment; it and what it starts end when its time is up."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TESSDATA_PREFIX") if name in os.environ}
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept | {"HOME": home, "TMPDIR": home, "OMP_THREAD_LIMIT": "1"},
        cwd=home,
        start_new_session=True,
        preexec_fn=_limit,
    )
    try:
        return process.communicate(given, timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        return b""
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_DATA, (_DATA, _DATA))
