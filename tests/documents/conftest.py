from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, time

import docx
import pytest
from docx.oxml.ns import qn
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from intake.turns import InlineReaders
from soket.clock import VIETNAM
from soket.documents.figures import Summary, summarise
from soket.plan.model import Campaign, Plan
from soket.record.decisions import ConferenceFormat, NilReturn
from soket.record.records import ParsedReport
from soket.record.register import Register

from .builders import CRITICAL, IN_TIME, NOW, WARNING, make_plan, make_receipt, make_register, make_report, make_verdict


@pytest.fixture
def plan() -> Plan:
    return make_plan()


@pytest.fixture
def campaign(plan: Plan) -> Campaign:
    return plan.campaigns[0]


@pytest.fixture
def reports() -> list[ParsedReport]:
    return [make_report("huyen_can_loc"), make_report("huyen_duc_tho", 3, missing=("CT02",))]


@pytest.fixture
def register(plan: Plan) -> Register:
    """Can Lộc in time, Đức Thọ late with a warning, Kỳ Anh town returned, Kỳ Anh district nil."""
    late = datetime(2021, 11, 6, 8, 0, tzinfo=VIETNAM)
    return make_register(
        plan,
        [make_receipt("huyen_can_loc"), make_receipt("huyen_duc_tho", at=late), make_receipt("thi_ky_anh")],
        [
            make_verdict("huyen_can_loc"),
            make_verdict("huyen_duc_tho", late=True, faults=(WARNING,), at=late),
            make_verdict("thi_ky_anh", faults=(CRITICAL, WARNING)),
        ],
        (
            NilReturn(
                id="nil-1",
                decided_at=IN_TIME,
                account="btg",
                granted_by="Đ/c Trưởng ban",
                reason="Không có hoạt động du lịch",
                unit="huyen_ky_anh",
            ),
        ),
    )


@pytest.fixture
def summary(plan: Plan, campaign: Campaign, register: Register, reports: list[ParsedReport]) -> Summary:
    return summarise(plan, campaign, register, reports)


@pytest.fixture
def decide() -> Callable[..., ConferenceFormat]:
    """Give a decision on the conference's format."""

    def decision(format: str = "in_person", **changes: object) -> ConferenceFormat:  # noqa: A002 - the record's word
        fields = {
            "id": "conference-format-1",
            "decided_at": NOW,
            "account": "vptu",
            "granted_by": "Đ/c Phó Bí thư",
            "reason": "dịch bệnh Covid-19",
            "format": format,
            "day": date(2021, 11, 29),
            "place": "Hội trường Tỉnh ủy",
            "starts": time(7, 30),
            "chair": "Thường trực Tỉnh ủy",
            "line_test": datetime(2021, 11, 26, 14, tzinfo=VIETNAM) if format == "online" else None,
            "reply_by": date(2021, 11, 24),
        }
        return ConferenceFormat.model_validate(fields | changes)

    return decision


def text_of(document: bytes) -> str:
    """Return what a Word file says, header and tables too, a line a paragraph and " | " between cells."""
    opened = docx.Document(io.BytesIO(document))
    parts = [section.header._element for section in opened.sections] + [opened.element.body]
    return "\n".join(line for part in parts for line in _lines(part)) + "\n"


def _lines(part: object) -> Iterator[str]:
    for block in part:
        if block.tag == qn("w:tbl"):
            for row in block.findall(qn("w:tr")):
                cells = row.findall(qn("w:tc"))
                yield " | ".join(" / ".join(_lines(cell)) for cell in cells)
        elif block.tag == qn("w:p"):
            text = "".join(
                {qn("w:br"): "\n", qn("w:drawing"): "[hình]"}.get(node.tag, node.text or "")
                for node in block.iter(qn("w:t"), qn("w:br"), qn("w:drawing"))
            )
            if text.strip():
                yield text.replace("\u00a0", "_")


class TextFile(SingleFileSnapshotExtension):
    """A snapshot as a text file of its own, so that a change reads as a change of the document."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def text_file(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(TextFile)


@pytest.fixture(autouse=True)
def drafts_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read drafts in this process, not in readers of their own."""
    monkeypatch.setattr("soket.documents.official.ReaderPool", lambda _: InlineReaders())
