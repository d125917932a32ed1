"""The editions that there are, each from its file, and which of them a paper of a day follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from soket.folders import folder_of
from soket.plan.editions import FormEdition
from soket.plan.fault import PlanError, PlanFault, UnplacedFault
from soket.plan.file_text import state_of, yaml_files
from soket.plan.held import held, in_order
from soket.plan.letters import DocumentForm
from soket.plan.references import names, unknown
from soket.plan.source import PlanSource, SyntaxFaultError

ENVIRONMENT_VARIABLE = "SOKET_FORMS"


class NoEditionError(LookupError):
    """No edition has a name, or none is for a form of documents."""


@dataclass(frozen=True)
class EditionFile:
    """An edition's file, and what came of reading it."""

    file: Path
    edition: FormEdition | None  # None where it has faults
    faults: tuple[PlanFault, ...]


def editions_folder() -> Path:
    """Return the folder of editions: `SOKET_FORMS`, or the one beside this package."""
    return folder_of(ENVIRONMENT_VARIABLE, "forms")


def edition_files() -> tuple[EditionFile, ...]:
    """Return every edition's file, read once for as long as the folder stays as it is."""
    files = yaml_files(editions_folder())
    return _remembered(tuple((file, state_of(file)) for file in files))


def editions() -> list[FormEdition]:
    """Return the editions; raise PlanError with every fault of their files."""
    files = edition_files()
    if faults := [fault for file in files for fault in file.faults]:
        raise PlanError(faults)
    return [file.edition for file in files if file.edition]


def edition_named(name: str) -> FormEdition:
    """Return the edition with a name; raise NoEditionError."""
    known = editions()
    for each in known:
        if each.id == name:
            return each
    raise NoEditionError(f"Không có thể thức «{name}». Có: {', '.join(each.id for each in known) or 'không có'}.")


def edition_of(form: DocumentForm, day: date, named: str | None = None) -> FormEdition:
    """Return the edition of a paper: the one that its office names, else the form's latest of the day it is signed.

    What is older than every edition follows the first.
    """
    if named:
        return edition_named(named)
    dated = sorted(
        ((each.in_force_from, each) for each in editions() if each.form == form and each.in_force_from),
        key=lambda pair: pair[0],
    )
    if not dated:
        raise NoEditionError(f"Không có thể thức nào cho văn bản «{form}».")
    return next((each for since, each in reversed(dated) if since <= day), dated[0][1])


def check_named_editions(data: dict[str, Any]) -> Iterator[UnplacedFault]:
    """Find offices of a plan or a directory that name an edition that there is none of."""
    known = [file.stem for file in yaml_files(editions_folder())]
    for path, name in names(data, "offices.*.letterhead.edition"):
        if name not in known:
            yield unknown(path, name, "thể thức", known)


@lru_cache(maxsize=8)
def _remembered(files: tuple[tuple[Path, object], ...]) -> tuple[EditionFile, ...]:
    sources: dict[str, PlanSource] = {}
    broken: list[EditionFile] = []
    for file, _ in files:
        try:
            source = PlanSource(file)
        except SyntaxFaultError as error:
            broken.append(EditionFile(file, None, (error.fault,)))
            continue
        if isinstance(source.data, dict):
            sources[file.stem] = source
        else:
            wrong = UnplacedFault((), "thể thức phải là các mục «tên: nội dung»", "Xem một tệp khác trong thư mục.")
            broken.append(EditionFile(file, None, (source.fault(wrong),)))
    return (*broken, *(_examined(source, sources) for source in sources.values()))


def _examined(source: PlanSource, sources: dict[str, PlanSource]) -> EditionFile:
    edition, findings = held(FormEdition, _whole(source.data, sources), ())
    misnamed = list(_names(source, sources))  # what is missing then comes from that
    faults = tuple(in_order(map(source.fault, (*source.findings, *(misnamed or findings)))))
    return EditionFile(source.file, None if faults else edition, faults)


def _names(source: PlanSource, sources: dict[str, PlanSource]) -> Iterator[UnplacedFault]:
    """Find an id that is not the file's name, and an edition that stands on none, or on itself."""
    name, base = source.file.stem, source.data.get("based_on")
    if source.data.get("id") not in (None, name):
        yield UnplacedFault(("id",), f"«id» khác tên tệp «{name}»", "Đặt «id» như tên tệp.")
    if base is None:
        return
    if base not in sources or base == name:
        yield unknown(("based_on",), str(base), "thể thức", [*{*sources} - {name}])
    elif isinstance(sources[base].data, dict) and "based_on" in sources[base].data:
        yield UnplacedFault(("based_on",), f"«{base}» cũng dựa trên thể thức khác", "Dựa thẳng trên thể thức gốc.")


def _whole(data: dict[str, Any], sources: dict[str, PlanSource]) -> dict[str, Any]:
    """Return an edition's data with what it leaves to the one that it is based on."""
    base = sources.get(str(data.get("based_on")))
    if base is None or base.data is data or "based_on" in base.data:
        return data
    return _merged({key: value for key, value in base.data.items() if key != "in_force_from"}, data)


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    return base | {
        key: _merged(base[key], value) if isinstance(value, dict) and isinstance(base.get(key), dict) else value
        for key, value in over.items()
    }
