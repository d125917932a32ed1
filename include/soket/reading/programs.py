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
from collections.abc import Sequence
from functools import cache, partial
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
    return _converted(command, extension, _WORD, [data], seconds)[0]


def as_pdfs(command: str, papers: Sequence[bytes], seconds: float) -> list[bytes | None]:
    """Return some .docx printed by one LibreOffice; None for each that did not come to a PDF that opens and has pages.

    It takes longer to start than to print: those that it did not come to are printed alone.
    """
    made = [_sound(each) for each in _converted(command, "docx", "pdf", papers, seconds * len(papers))]
    if len(papers) < 2:
        return made
    return [pdf or as_pdfs(command, [paper], seconds)[0] for paper, pdf in zip(papers, made, strict=True)]


def _sound(made: bytes | None) -> bytes | None:
    import pypdfium2

    if made is None or not made.startswith(_PDF):
        return None
    try:
        document = pypdfium2.PdfDocument(made)
    except pypdfium2.PdfiumError:
        return None
    with contextlib.closing(document):
        return made if len(document) else None


def _converted(command: str, extension: str, to: str, files: Sequence[bytes], seconds: float) -> list[bytes | None]:
    """Return files as LibreOffice saves them in another format, under a profile of its own."""
    with tempfile.TemporaryDirectory() as folder:
        sources = [Path(folder, f"document{at or ''}.{extension}") for at in range(len(files))]
        for source, data in zip(sources, files, strict=True):
            source.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", to, "--outdir", f"{folder}/made"]
        _run([command, profile, *options, *map(str, sources)], b"", seconds, home=folder, times=len(files))
        made = [Path(folder, "made", f"{each.stem}.{to.partition(':')[0]}") for each in sources]
        return [each.read_bytes() if each.exists() else None for each in made]


def recognised(command: str, picture: bytes, seconds: float) -> str:
    """Return the text that Tesseract sees in a picture; '' where it sees none or takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        answer = _run([command, "stdin", "stdout", "-l", VIETNAMESE], picture, seconds, home=folder)
    return answer.decode(errors="replace")


def _run(command: list[str], given: bytes, seconds: float, *, home: str, times: int = 1) -> bytes:
    """Run a program with nothing of our environment; it and what it starts end when its time is up.

    `times` is for how many files it has what one may cost.
    """
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TESSDATA_PREFIX") if name in os.environ}
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept | {"HOME": home, "TMPDIR": home, "OMP_THREAD_LIMIT": "1"},
        cwd=home,
        start_new_session=True,
        preexec_fn=partial(_limit, _CPU_SECONDS * times),
    )
    try:
        return process.communicate(given, timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        return b""
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _limit(cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_DATA, (_DATA, _DATA))
