"""Every paper of a campaign as pages, for a plan of any size: `python -m stages.pages FOLDER 1 60 300` draws them.

The campaign is the demonstration's, played on a bucket in memory; at other sizes its units are multiplied or cut.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from io import BytesIO
from itertools import groupby
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from conftest import REPOSITORY, Desk, moment
from demo.samples.sending import files_of
from demo.scenario import Drop, load
from intake.turns import InlineReaders, turn
from intake.turns import drop as put
from record import story
from record.builders import extend
from record.verbs import unit_reports
from soket.clock import VIETNAM
from soket.plan.loader import load_all
from soket.plan.model import Duty, Plan, Unit
from soket.reading import programs
from soket.record import products
from soket.stages import monitor

SCRIPT = REPOSITORY / "samples" / "nq06_du_lich" / "scenario.yaml"
_MADE = ("stages/", "notices/", "reports/", "archive/")
_EXTENDED = "h_ky_anh"
_CHAPTERS = (
    "2021-11-05 20:40",
    "2021-11-09 15:00",
    "2021-11-12 09:00",
    "2021-11-15 09:00",
    "2021-11-22 09:00",
    "2021-11-22 10:00",
)
_SECONDS = 240.0
_SIGNATURE, _BEGINS_A_PAGE = "Nơi nhận:", ("Phụ lục", "PHỤ LỤC")
_LINES = 2  # at least, above a signature
_OPENING = 14  # letters of a cell
_EMPTY = 0.45  # of a page's height below its text, at most


def read_here(patch: pytest.MonkeyPatch) -> None:
    """Read files in this process, not in readers of their own: these do no harm."""
    for module in ("soket.intake.contents", "soket.documents.official"):
        patch.setattr(f"{module}.ReaderPool", lambda *_: InlineReaders())


def plan_of(units: int) -> Plan:
    """Return the plan of Resolution 06 with so many units that report; the press stays."""
    (plan,) = (each for each in load_all(REPOSITORY / "include" / "plans")[0] if each.id == "nq06_du_lich")
    press = tuple(each for each in plan.units if each.owes is Duty.COVERAGE_PLAN)
    reporting = [each for each in plan.units if each not in press]
    made = tuple(_like(reporting[index % len(reporting)], index // len(reporting)) for index in range(units))
    kept = {each.block for each in (*made, *press)}
    blocks = tuple(each for each in plan.blocks if each.code in kept)
    asked = (
        each.model_copy(update={"blocks": tuple(code for code in each.blocks if code in kept)}) for each in plan.forms
    )
    forms = tuple(each for each in asked if each.blocks)
    return plan.model_copy(update={"units": (*made, *press), "blocks": blocks, "forms": forms})


def _like(unit: Unit, turn: int) -> Unit:
    if not turn:
        return unit
    return unit.model_copy(update={"code": f"{unit.code}_{turn}", "name": f"{unit.name} {turn}", "aliases": ()})


def play(units: int) -> Desk:
    """Play the campaign of 2021 with so many units to its archive."""
    plan = plan_of(units)
    desk = Desk(plan, next(each for each in plan.campaigns if each.opens.year == 2021))
    for at, happens in sorted(_happenings(plan), key=lambda each: each[0]):
        desk(at)
        happens(desk)
    return desk


Happening = tuple[datetime, Callable[[Desk], object]]


def _happenings(plan: Plan) -> Iterator[Happening]:
    """Yield what happens when: what units send and the monitor does each working morning, and the chapters."""
    scenario, units = load(SCRIPT), {each.code for each in plan.units}
    for day, drops in groupby(scenario.drops(plan), key=lambda each: each.at.date()):
        sent = [each for each in drops if each.owner in units]
        yield from ((each.at, partial(_send, each, scenario.seed)) for each in sent)
        yield datetime.combine(day, time(20), VIETNAM), lambda desk: turn(desk())
    for number in range(14):
        yield moment("2021-10-29 08:00") + timedelta(days=number), _in_the_morning
    if _EXTENDED in units:
        yield moment("2021-11-03 08:05"), lambda desk: extend(desk(), _EXTENDED, date(2021, 11, 5))
    yield moment("2021-10-18 00:00"), story.opened
    yield moment("2021-11-05 20:30"), lambda desk: unit_reports.close_stage(desk())
    for at, chapter in zip(_CHAPTERS, story.CHAPTERS[2:], strict=True):
        yield moment(at), chapter


def _in_the_morning(desk: Desk) -> None:
    for each in (monitor.chase, monitor.digest):
        each(desk())


def _send(sent: Drop, seed: int, desk: Desk) -> None:
    put(desk, sent.owner, files_of(desk.plan, sent, seed), sent.at)


def papers_of(desk: Desk) -> dict[str, bytes]:
    """Return each Word paper that a campaign made, one of each name, the latest, by its name."""
    found = [each for prefix in _MADE for each in desk.store.list(prefix)]
    keys = [each.key for each in found if each.key.endswith(".docx") and "/files/" not in each.key]
    return {
        key.rpartition("/")[2]: desk.store.get(key) for key in sorted(keys) if not key.endswith(products.OFFICIAL_DRAFT)
    }


def printed(papers: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return papers as PDF, by one run of LibreOffice."""
    office = programs.office()
    assert office is not None
    with tempfile.TemporaryDirectory() as folder:
        for name, data in papers.items():
            Path(folder, name).write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run(
            [office, profile, *options, *(str(Path(folder, name)) for name in papers)],
            check=True, capture_output=True, timeout=_SECONDS, env=os.environ | {"HOME": folder},
        )  # fmt: skip
        return {name: Path(folder, name).with_suffix(".pdf").read_bytes() for name in papers}


def misplaced(name: str, pdf: bytes) -> Iterator[str]:
    """Say where a signature stands without text, and which page is left half empty though the text goes on."""
    pages = list(_pages(pdf))
    for number, (lines, empty) in enumerate(pages, 1):
        signed = next((at for at, line in enumerate(lines) if line.startswith(_SIGNATURE)), None)
        if signed is not None and signed < _LINES:
            yield f"{name}, page {number}: {signed} lines above the signature"
        if signed is None and number < len(pages) and empty > _EMPTY and not _begins(pages[number][0]):
            yield f"{name}, page {number}: {empty:.0%} empty"


def lost(name: str, paper: bytes, pdf: bytes) -> Iterator[str]:
    """Say which cells of a paper's tables stand on no page: LibreOffice may drop a row at the foot of one."""
    shown = _letters("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)))
    for cell in docx.Document(BytesIO(paper)).element.body.iter(qn("w:tc")):
        said = "".join(text.text or "" for text in cell.iter(qn("w:t")))
        if _letters(said)[:_OPENING] not in shown:
            yield f"{name}: no page shows the cell {said[:40]}"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _begins(lines: list[str]) -> bool:
    return bool(lines) and lines[0].startswith(_BEGINS_A_PAGE)


def _pages(pdf: bytes) -> Iterator[tuple[list[str], float]]:
    """Yield the lines of each page, without its number, and which part of its height is empty below them."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        lines = [line.strip() for line in text.get_text_range().splitlines() if line.strip()]
        bottom = min((text.get_rect(index)[1] for index in range(text.count_rects())), default=0.0)
        yield [line for line in lines if not line.isdecimal()], bottom / page.get_height()


def main(out: str, *sizes: str) -> None:
    """Draw the pages of each paper of campaigns of so many units."""
    with pytest.MonkeyPatch.context() as patch:
        read_here(patch)
        for size in map(int, sizes or ("1", "60", "300")):
            papers = papers_of(play(size))
            for name, pdf in printed(papers).items():
                stem = Path(out, f"{size}", name.removesuffix(".docx"))
                stem.parent.mkdir(parents=True, exist_ok=True)
                stem.with_suffix(".docx").write_bytes(papers[name])
                stem.with_suffix(".pdf").write_bytes(pdf)
                document = pypdfium2.PdfDocument(pdf)
                for wrong in (*misplaced(name, pdf), *lost(name, papers[name], pdf)):
                    sys.stdout.write(f"     {wrong}\n")
                for number, page in enumerate(document, 1):
                    page.render(scale=1.2).to_pil().save(f"{stem}-{number:02d}.png")
                sys.stdout.write(f"{size:>4} {name:<45} {len(document):>3} trang  {len(papers[name]) >> 10:>5} KB\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
