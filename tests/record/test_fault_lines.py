"""Faults as a clerk reads them: what one sentence gainsays is one point, with the sentence once."""

from __future__ import annotations

from soket.faults import Fault, fault
from soket.intake.places import Places
from soket.intake.table import FormTable
from soket.record.fault_lines import group_faults, points_of
from soket.record.records import Figure

SENTENCE = "Toàn thị xã có 85 cơ sở lưu trú, 1.240 buồng, 700 lao động."


def denied(indicator: str, value: str, cell: str, *, quote: str = SENTENCE, place: str = "mục III") -> Fault:
    found = fault(
        "TB-01",
        "bao-cao.docx",
        place,
        quote=quote,
        indicator=indicator,
        name=f"Tên {indicator}",
        period="năm 2021",
        value=value,
        cell=f"ô {cell}",
        table="so-lieu.xlsx",
    )
    return found.model_copy(update={"denies": ("so-lieu.xlsx", cell)})


THREE = (denied("CT03", "87 cơ sở", "F7"), denied("CT04", "1.260 buồng", "F8"), denied("CT06", "720 người", "F10"))


def lines(*faults: Fault) -> list[tuple[str, ...]]:
    return [line.messages for group in group_faults((), faults) for line in group.lines]


def test_three_figures_that_one_sentence_gainsays_are_told_after_it_once() -> None:
    ((message,),) = lines(*THREE)
    assert message == (
        f"Báo cáo viết «{SENTENCE}», nhưng biểu số liệu ghi CT03 «Tên CT03» năm 2021 là 87 cơ sở (ô F7, so-lieu.xlsx); "
        "CT04 «Tên CT04» năm 2021 là 1.260 buồng (ô F8, so-lieu.xlsx); "
        "CT06 «Tên CT06» năm 2021 là 720 người (ô F10, so-lieu.xlsx)."
    )
    assert points_of(THREE).total() == 1
    (line,) = (line for group in group_faults((), THREE) for line in group.lines)
    assert line.faults == THREE, "each is confirmed by itself"


def test_two_sentences_and_two_sections_are_told_apart() -> None:
    other = denied("CT01", "88.000 lượt", "F5", quote="Năm 2021 đón 78.000 lượt khách.")
    again = denied("CT03", "87 cơ sở", "F7", place="mục IV")
    ((first, second, third),) = lines(THREE[0], THREE[1], other, again)
    assert first.startswith("Mục III: Báo cáo viết «Toàn thị xã")
    assert "; CT04" in first
    assert second.startswith("Mục III: Báo cáo viết «Năm 2021 đón")
    assert third.startswith("Mục IV: Báo cáo viết «Toàn thị xã")


def test_one_that_stands_alone_is_told_as_it_was() -> None:
    assert lines(THREE[0]) == [(THREE[0].message,)]
    assert lines(THREE[0], THREE[0]) == [(THREE[0].message,)]


def test_where_one_figure_of_a_sentence_is_to_be_mended_first_the_sentence_waits_as_a_whole() -> None:
    figures = {
        (code, 2021): Figure(indicator=code, year=2021, value=1.0, file="so-lieu.xlsx", cell=cell)
        for code, cell in (("CT03", "F7"), ("CT04", "F8"), ("CT06", "F10"))
    }
    table = FormTable(file="so-lieu.xlsx", sheet="Biểu", figures=figures)
    wrong = Fault(code="KG-CT04", severity="critical", file="so-lieu.xlsx", place="ô F8", message="Ngoài khoảng.")
    other = denied("CT01", "88.000 lượt", "F5", quote="Năm 2021 đón 78.000 lượt khách.")
    *three, alone, _ = Places(table).waiting((*THREE, other, wrong))
    assert [each.waits for each in three] == [True] * 3
    assert not alone.waits
    ((message,), (_,)) = [each for each in lines(*three, alone) if "CT" in each[0]]
    assert "CT03" in message
    assert "CT06" in message
