"""Our own Word papers as PDF, by LibreOffice where the machine has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from soket.reading import programs
from soket.record import products
from soket.record.provisional import ROUND
from soket.record.workspace import Workspace

_SECONDS = 120.0  # a draft of hundreds of pages on a busy machine
_AT_ONCE = 8  # papers of one LibreOffice
_FOREIGN = (products.OFFICIAL_DRAFT,)  # files that people sent: only readers open those


class NoOfficeError(RuntimeError):
    """The machine has no LibreOffice; the message says what to do."""


@dataclass(frozen=True)
class Printed:
    """A paper's key, and what it became: None where LibreOffice did not come to a PDF that opens."""

    key: str
    pdf: bytes | None


def print_papers(workspace: Workspace) -> Iterator[Printed]:
    """Yield every Word paper of the rounds of a campaign's stages and of its archive, as PDF; raise NoOfficeError."""
    command = programs.office()
    if command is None:
        raise NoOfficeError("Máy này không có LibreOffice nên không lập được PDF; cài LibreOffice, hoặc mở bằng Word.")
    papers = [*_papers(workspace)]
    for start in range(0, len(papers), _AT_ONCE):
        keys = papers[start : start + _AT_ONCE]
        made = programs.as_pdfs(command, [workspace.store.get(key) for key in keys], _SECONDS)
        yield from map(Printed, keys, made)


def _papers(workspace: Workspace) -> Iterator[str]:
    for found in workspace.store.list(workspace.keys.stages):
        _, number, *_ = (*found.key.removeprefix(workspace.keys.stages).split("/"), "")
        provisional = number == str(ROUND)  # each takes the place of the one before: people read the last, in Word
        if found.key.endswith(".docx") and not found.key.endswith(_FOREIGN) and not provisional:
            yield found.key
    yield from (each.key for each in workspace.store.list(workspace.keys.archive(products.INVENTORY)))
