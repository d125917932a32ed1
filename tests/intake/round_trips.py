"""Round trips: the workbooks of the corpus, saved by LibreOffice in each format, are judged as they were.

`make roundtrips` needs soffice. What another program does to a file may make it asked about; a figure that is read as
another than it is, or a set that is no longer taken, is told.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import typer

from intake.folders import FIELD, PLAN, Folder, folders, judged
from intake.turns import InlineReaders, PlainValidator
from soket.cli import report
from soket.intake import contents
from soket.plan.loader import load_all
from soket.plan.model import Plan
from soket.record.records import Ruling

WORKBOOKS = (".xlsx", ".xls", ".ods")
FORMATS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods:calc8"}
TAKEN = {Ruling.ACCEPTED, Ruling.ACCEPTED_WITH_WARNINGS}

# What LibreOffice itself takes a figure for, so that its file says so.
NOT_OURS = {
    "T05": "it keeps the 0 that stands for a formula never computed",
    "T21c": "it reads text by its own language",
}


class _Validator(PlainValidator):
    def __exit__(self, *_: object) -> None:
        pass


def saved_anew(files: Iterable[Path], extension: str, folder: Path) -> None:
    """Let LibreOffice save files in a format."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to"]
        subprocess.run([*command, FORMATS[extension], "--outdir", folder, *files], check=True, capture_output=True)


def workbooks_of(folder: Folder) -> list[str]:
    """Return the names of the workbooks in a set."""
    return [name for name in folder.files() if Path(name).suffix in WORKBOOKS]


def differences(plan: Plan, folder: Folder, made: Path) -> list[str]:
    """Return what is not right about a set whose workbook was saved anew."""
    (workbook,) = workbooks_of(folder)
    files = folder.files()
    before = judged(plan, files).verdict.ruling
    del files[workbook]
    after = judged(plan, files | {f"{Path(workbook).stem}{made.suffix}": made.read_bytes()})
    ruling = after.verdict.ruling
    lost = [f"{before} before, now {ruling}"] if before in TAKEN and ruling not in TAKEN else []
    return [*lost, *replace(folder, rulings=frozenset(Ruling)).differences(plan, after)]


def main(corpus: Path = FIELD, beginning: str = "") -> int:
    report.Validator = _Validator  # type: ignore[misc]
    contents.ReaderPool = InlineReaders  # type: ignore[misc,assignment]
    plan = next(each for each in load_all(Path("include/plans"))[0] if each.id == PLAN)
    chosen = [each for each in folders(corpus) if each.name.startswith(beginning) and len(workbooks_of(each)) == 1]
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        sent, made = Path(name, "sent"), Path(name, "made")
        sent.mkdir()
        for folder in chosen:
            (workbook,) = workbooks_of(folder)
            shutil.copy(folder.path / "files" / workbook, sent / f"{folder.name}{Path(workbook).suffix}")
        for extension in FORMATS:
            saved_anew(sorted(sent.iterdir()), extension, made)
            for folder in chosen:
                target = made / f"{folder.name}.{extension}"
                if not target.exists():
                    typer.echo(f"LibreOffice does not open {folder.name}")
                elif found := differences(plan, folder, target):
                    reason = NOT_OURS.get(folder.name.partition("-")[0])
                    wrong += reason is None
                    typer.echo("\n      ".join([f"{folder.name} as .{extension}: {reason or ''}", *found[:5]]))
    typer.echo(f"{len(chosen)} workbooks in {len(FORMATS)} formats, {wrong} of them wrong.")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2]), *sys.argv[2:3]))
