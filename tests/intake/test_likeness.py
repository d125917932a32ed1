from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Desk
from intake import reports
from intake.plans import make_plan
from intake.turns import codes, drop, judged, turn
from reading import corpus
from soket.intake import measured
from soket.intake.likeness.sketch import SIZE, limit_of, numbers_of, runs_of, share_of, sketch_of
from soket.intake.measured import MeasuredTogether
from soket.record.fault_lines import group_faults
from soket.record.records import Verdict

PLAN = make_plan()
SYLLABLES = [
    f"{start}{rhyme}"
    for start in ["b", "c", "d", "g", "h", "k", "l", "m", "n", "s", "t", "v", "ph", "th", "tr"]
    for rhyme in ["ang", "ong", "êm", "ươi", "ít", "oan"]
]


def prose(seed: int | str, count: int = 400, vocabulary: list[str] = SYLLABLES) -> str:
    random = Random(seed)
    return ". ".join(" ".join(random.choices(vocabulary, k=12)).capitalize() for _ in range(count // 12)) + "."


def share(own: str, other: str) -> float:
    mine, theirs = (numbers_of(sketch_of(PLAN, text)) for text in (own, other))
    return share_of(mine, theirs, limit_of(mine))[0]


texts = st.integers(0, 10_000).flatmap(lambda seed: st.integers(120, 4_000).map(lambda count: prose(seed, count)))


@settings(max_examples=30)
@given(texts)
def test_a_text_is_wholly_like_itself(text: str) -> None:
    assert share(text, text) == 1


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(300, 3_000), st.floats(0, 1))
def test_likeness_is_much_the_same_both_ways(seed: int, count: int, part: float) -> None:
    common, one, other = (prose(f"{seed} {name}", count).split(". ") for name in ("common", "one", "other"))
    taken = round(part * len(common))
    first = ". ".join(common[:taken] + one[taken:])
    second = ". ".join(common[:taken] + other[taken:])
    assert share(first, second) == pytest.approx(share(second, first), abs=0.08)
    assert share(first, second) == pytest.approx(part, abs=0.15)


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_what_the_plan_says_makes_nobody_alike(seed: int) -> None:
    said = "\n".join((*PLAN.purposes, *(section.guidance or section.title for section in PLAN.outline)))
    one = prose(seed, vocabulary=SYLLABLES[: len(SYLLABLES) // 2])
    other = prose(seed, vocabulary=SYLLABLES[len(SYLLABLES) // 2 :])
    assert share(f"{said}\n{one}", f"{said}\n{other}") < 0.05


def test_other_figures_are_no_other_text() -> None:
    text = prose(1) + " Tổng lượt khách năm 2019 đạt 1.200 lượt."
    assert share(text, text.replace("1.200", "3.417").replace("2019", "2020")) == 1


def test_a_sketch_is_small_and_the_same_in_every_process() -> None:
    sketch = sketch_of(PLAN, prose(3, 8_000))
    assert len(sketch) == SIZE * 4
    assert runs_of("Du lịch cộng đồng").tolist() == [2_658_498_706]


# --- in a campaign ---


def submission(text: str, *, own: str = "") -> dict[str, bytes]:
    parts = text.split(". ")
    quarter = len(parts) // 4
    under = [". ".join(parts[index * quarter : (index + 1) * quarter]) + ", 12 việc." for index in range(4)]
    return reports.submission(*reports.paragraphs({index: [own, words] for index, words in enumerate(under)}))


def sent(desk: Desk, unit: str, text: str, at: str, *, own: str = "") -> Verdict:
    return judged(desk, unit, submission(text, own=own), at)


@pytest.mark.usefixtures("inline")
class TestInACampaign:
    def test_a_unit_is_told_how_much_and_where_and_officials_whose_it_is(self, desk: Desk) -> None:
        text = prose("khách")
        assert codes(sent(desk, "huyen_1", text, "2021-11-01 09:00")) == []
        (fault,) = sent(desk, "huyen_2", text, "2021-11-02 09:00").faults
        assert fault.code == "GN-01"
        assert fault.file == corpus.REPORT
        assert "Khoảng 100%" in fault.message
        assert fault.place is not None
        assert fault.aside is not None
        assert "Huyện ủy 1" in fault.aside
        assert any(sentence in fault.aside for sentence in text.split(". "))
        told = f"{fault.message} {fault.advice}"
        assert "Huyện ủy 1" not in told
        assert not any(sentence in told for sentence in text.split(". "))
        (line,) = group_faults((), [fault])[0].lines
        assert fault.aside not in str(line)  # of which slips and mails are made

    def test_the_first_of_a_batch_is_the_one_copied(self, desk: Desk) -> None:
        for unit, at in (("huyen_2", "2021-11-01 09:00"), ("huyen_1", "2021-11-01 09:05")):
            drop(desk, unit, submission(prose("khách")), at)
        found = {verdict.unit: codes(verdict) for verdict in turn(desk("2021-11-01 12:00"))}
        assert found == {"huyen_2": [], "huyen_1": ["GN-01"]}

    def test_a_unit_may_repeat_itself(self, desk: Desk) -> None:
        sent(desk, "huyen_1", prose("khách"), "2021-11-01 09:00")
        again = sent(desk, "huyen_1", prose("khách"), "2021-11-02 09:00", own="Bản này có bổ sung.")
        assert codes(again) == []

    def test_a_text_taken_back_is_no_longer_copied(self, desk: Desk) -> None:
        sent(desk, "huyen_1", prose("khách"), "2021-11-01 09:00")
        sent(desk, "huyen_1", prose("biển"), "2021-11-02 09:00")
        assert codes(sent(desk, "huyen_2", prose("khách"), "2021-11-03 09:00")) == []

    def test_less_than_half_is_not_told(self, desk: Desk) -> None:
        first, second = prose("khách").split(". "), prose("biển").split(". ")
        sent(desk, "huyen_1", ". ".join(first), "2021-11-01 09:00")
        mixed = ". ".join(first[: len(first) // 3] + second[len(first) // 3 :])
        assert codes(sent(desk, "huyen_2", mixed, "2021-11-02 09:00")) == []

    def test_what_many_units_say_is_nobodys(self) -> None:
        plan = make_plan(districts=14)
        desk = Desk(plan, plan.campaigns[0])
        shared = prose("chung", 300)
        verdicts = [
            sent(
                desk,
                f"huyen_{index}",
                shared,
                f"2021-11-01 {8 + index // 4:02}:{index % 4 * 15:02}",
                own=prose(index, 120),
            )
            for index in range(1, 15)
        ]
        assert "GN-01" in codes(verdicts[1])
        assert codes(verdicts[-1]) == []

    def test_one_by_one_and_at_once_are_the_same(self) -> None:
        sends = [("huyen_1", "khách"), ("huyen_2", "biển"), ("huyen_3", "khách"), ("huyen_2", "khách")]
        alone = Desk(PLAN, PLAN.campaigns[0])
        one_by_one = {
            (each.unit, each.number): each.faults
            for day, (unit, text) in enumerate(sends, 1)
            for each in [sent(alone, unit, prose(text), f"2021-11-0{day} 09:00")]
        }
        together = Desk(PLAN, PLAN.campaigns[0])
        for day, (unit, text) in enumerate(sends[:3], 1):
            drop(together, unit, submission(prose(text)), f"2021-11-0{day} 09:00")
        at_once = turn(together("2021-11-03 12:00"))
        drop(together, "huyen_2", submission(prose("khách")), "2021-11-04 09:00")
        at_once += turn(together())
        assert {(each.unit, each.number): each.faults for each in at_once} == one_by_one

    def test_what_was_judged_before_sketches_were_kept_is_measured_too(self, desk: Desk) -> None:
        sent(desk, "huyen_1", prose("khách"), "2021-11-01 09:00")
        (key,) = [key for key in desk.store.objects if "/measured/" in key]
        (kept,) = MeasuredTogether.model_validate_json(desk.store.get(key)).submissions
        assert kept.unit == "huyen_1"
        del desk.store.objects[key]
        assert codes(sent(desk, "huyen_2", prose("khách"), "2021-11-02 09:00")) == ["GN-01"]

    def test_what_earlier_editions_kept_of_each_apart_is_read(self, desk: Desk) -> None:
        sent(desk, "huyen_1", prose("khách"), "2021-11-01 09:00")
        (key,) = [key for key in desk.store.objects if "/measured/" in key]
        (kept,) = MeasuredTogether.model_validate_json(desk.store.objects.pop(key)[0]).submissions
        desk.store.put("reports/nq06/2021/huyen_1/1/measured.json", kept.to_json())
        desk.store.objects = {at: each for at, each in desk.store.objects.items() if "/parsed/" not in at}
        # Only the text that is quoted is read out of the files again.
        assert codes(sent(desk, "huyen_2", prose("khách"), "2021-11-02 09:00")) == ["GN-01"]

    def test_many_of_a_block_are_kept_in_few_objects(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(measured, "_TOGETHER", 2)
        for number in range(1, 6):
            drop(desk, f"huyen_{number}", submission(prose(number)), "2021-11-01 09:00")
        turn(desk())
        kept = [key for key in desk.store.objects if "/measured/" in key]
        assert len(kept) == 3
        assert {unit for unit, _ in measured.kept_measured(desk(), "huyen")} == {f"huyen_{n}" for n in range(1, 6)}
        assert codes(sent(desk, "huyen_6", prose(5), "2021-11-02 09:00")) == ["GN-01"]

    @pytest.mark.parametrize("files_too", [False, True])
    def test_no_later_report_suffers_for_one_that_was_lost(self, desk: Desk, files_too: bool) -> None:
        sent(desk, "huyen_1", prose("khách"), "2021-11-01 09:00")
        files = ("inbox/", "/files/") if files_too else ()
        lost = [key for key in desk.store.objects if any(each in key for each in ("/parsed/", *files))]
        for key in lost:
            del desk.store.objects[key]
        assert codes(sent(desk, "huyen_2", prose("khách"), "2021-11-02 09:00")) == ([] if files_too else ["GN-01"])
