"""The working draft: whole sentences of reports under themes that are counted by unit, the same for any order."""

from __future__ import annotations

import io
import re
import string
import zipfile
from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from functools import cache
from random import Random

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import REPOSITORY
from soket.documents import beside, evidence
from soket.documents.budget import PAGES, WORDS_A_PAGE, budgets, given_back
from soket.documents.composing import Composition, compose
from soket.documents.draft import Draft, write_draft
from soket.documents.draft_text import section_fields
from soket.documents.evidence import begin_evidence
from soket.documents.figures import Summary, summarise
from soket.documents.form_fields import forms_fields
from soket.documents.heading_lines import NOBODY, TO_ITS_OWN, TO_THOSE_ABOVE
from soket.documents.prose_figures import prose_figures
from soket.documents.quoting import Quotes, printed, source_of
from soket.documents.said import gather
from soket.documents.unlike import remarks
from soket.narrative.claims.values import ClaimReader
from soket.narrative.requests.standing import is_above
from soket.narrative.said.proposals import proposals
from soket.narrative.sentences.clauses import cuts
from soket.plan.model import Plan
from soket.record.records import Figure

from .builders import NOW, make_plan, make_receipt, make_register, make_verdict, nq06
from .conftest import text_of
from .worded import composed, lexicon, report, share_quoted, summary_of

LABELLED = REPOSITORY / "tests" / "narrative" / "said" / "realistic.txt"


@cache
def sentences() -> dict[str, dict[str, list[str]]]:
    """Return what the units of the labelled reports say, by unit and heading."""
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            unit, section, _, sentence = line.split("|", 3)
            found[unit][section].append(sentence)
    return {unit: dict(said) for unit, said in found.items()}


@cache
def labelled() -> Composition:
    return composed(summary_of(nq06(), sentences()))


@cache
def sixty() -> dict[str, dict[str, list[str]]]:
    """Return reports of all units of the plan, of labelled sentences taken at random."""
    random = Random(6)
    pool: defaultdict[str, list[str]] = defaultdict(list)
    for said in sentences().values():
        for section, own in said.items():
            pool[section] += own
    units = [unit.code for unit in nq06().units if unit.owes == "report"]
    return {unit: {section: random.sample(own, min(5, len(own))) for section, own in pool.items()} for unit in units}


def comments_of(draft: Draft) -> dict[str, str]:
    """Return the comments of a draft, each with the text that it stands beside."""
    document = docx.Document(io.BytesIO(draft.word))
    beside: dict[str, str] = {}
    for paragraph in document.element.body.iter(qn("w:p")):
        open_at: str | None = None
        for element in paragraph.iter():
            if element.tag == qn("w:commentRangeStart"):
                open_at = element.get(qn("w:id"))
                beside[open_at] = ""
            elif element.tag == qn("w:commentRangeEnd"):
                open_at = None
            elif element.tag == qn("w:t") and open_at is not None:
                beside[open_at] += element.text or ""
    return {beside[str(comment.comment_id)]: comment.text for comment in document.comments}


def test_every_quote_is_a_sentence_of_a_report_and_says_of_which() -> None:
    composition = labelled()
    draft = write_draft(composition.sayings.summary, lexicon())
    quotes = [quote for section in composition.sections for quote in section.quotes]
    assert len(quotes) > 40
    for quote in quotes:
        sentence = sentences()[quote.unit.code][quote.section.code][quote.number - 1]
        assert quote.text in (sentence, *cuts(sentence))
    alike = composition.alike
    assert comments_of(draft) == {printed(quote.text): source_of(quote, alike.get(quote, ())) for quote in quotes}
    text = text_of(draft.word)
    for quote in quotes:
        own = "" if quote.section.code == "han_che" else f"{quote.unit.name}: "
        assert f"{own}“{printed(quote.text)}”" in text
    assert not re.search("[\ue000-\ue002]|\\[…\\]", text)
    dates = {each.timestamp for each in docx.Document(io.BytesIO(draft.word)).comments}
    assert {each.replace(tzinfo=None) for each in dates if isinstance(each, datetime)} == {NOW.replace(tzinfo=None)}


@settings(max_examples=8)
@given(st.permutations(sorted(sentences())))
def test_the_order_of_arrival_changes_nothing(order: list[str]) -> None:
    other = composed(summary_of(nq06(), {unit: sentences()[unit] for unit in order}))
    assert other.alike == labelled().alike
    assert [each.groups for each in other.sections] == [each.groups for each in labelled().sections]


def test_the_same_reports_make_the_same_bytes_in_any_order() -> None:
    backwards = dict(reversed(sentences().items()))
    first, second = (write_draft(summary_of(nq06(), each), lexicon()) for each in (sentences(), backwards))
    assert first == second


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")  # as tests may be run
def test_one_process_and_two_make_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for many, free in ((10**9, False), (0, False), (0, True)):
        monkeypatch.setattr(evidence, "_MANY", many)
        monkeypatch.setattr(beside, "_is_free", lambda free=free: free)
        made.append(write_draft(summary_of(nq06(), sentences()), lexicon()))
    assert made[0] == made[1] == made[2]
    with zipfile.ZipFile(io.BytesIO(made[2].evidence)) as package:
        assert package.testzip() is None


WORDS = st.text(string.ascii_lowercase + "đếươ .,;:!?“”()0123456789\n-A", max_size=200)


@settings(max_examples=25)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_whatever_reports_say_quotes_are_whole_pieces_of_it(texts: list[str]) -> None:
    plan = make_plan({f"unit_{number}": f"Đơn vị {number}" for number in range(len(texts))})
    said = {f"unit_{number}": {"ket_qua": [text], "kien_nghi": [text]} for number, text in enumerate(texts)}
    composition = compose(gather(summary_of(plan, said)))
    for quote in composition.quoted:
        lines = [line.strip() for line in texts[int(quote.unit.code[5:])].splitlines()]
        assert any(quote.text in line for line in lines)
        assert not quote.text.endswith(":")


def test_units_are_counted_by_theme_and_quoted_once_a_theme() -> None:
    composition = labelled()
    for section in composition.sections:
        for group in section.groups:
            for point in (*group.points, *group.folded):
                assert point.units == len({each.unit.code for each in point.said})
            for point in group.points:
                units = [each.unit.code for each in point.quotes]
                assert 1 <= len(units) == len({*units}) <= 3
    results = next(each for each in composition.sections if each.under.section.code == "ket_qua")
    visitors = results.groups[0].points[0]
    assert visitors.lead == "Về lượng khách và doanh thu"
    labels = [line.split("|")[0] for line in LABELLED.read_text(encoding="utf-8").splitlines() if "|K1|" in line]
    assert visitors.units == len({*labels})


def test_recommendations_come_by_addressee_from_the_centre_down() -> None:
    requests = labelled().sections[-1]
    titles = [group.title for group in requests.groups]
    assert titles[:3] == ["Đối với Trung ương", "Đối với Hội đồng nhân dân tỉnh", "Đối với Ủy ban nhân dân tỉnh"]
    assert NOBODY not in titles


def test_a_report_s_own_heading_says_whom_it_asks() -> None:
    said = ["1. Đối với Trung ương:", "- Sớm sửa đổi quy định về đất đai cho du lịch.", "2. Với ai đó thì chưa rõ:"]
    found = gather(summary_of(nq06(), {"h_can_loc": {"kien_nghi": said}}), lexicon()).sections[-1].said
    assert [(each.number, each.addressee) for each in found] == [(2, "Trung ương")]


def test_sixty_reports_fit_and_nearly_everybody_is_quoted() -> None:
    composition = compose(gather(summary_of(nq06(), sixty()), lexicon()), {"ket_qua": 1900})
    room = budgets(nq06().outline, {"ket_qua": 1900})
    for section in composition.sections:
        words = sum(point.size for group in section.groups for point in group.points)
        assert words <= room[section.under.section.code]
    assert share_quoted(composition) >= 0.95
    assert len({each.unit.code for each in composition.quoted}) >= 0.95 * len(composition.sayings.units), "in the body"
    assert composition.sayings.classified
    assert composition.sayings.classified >= 0.9


def test_what_few_say_is_one_sentence_and_twins_are_not_quoted_together() -> None:
    said = {unit: {"han_che": ["Sản phẩm du lịch còn đơn điệu, nghèo nàn quanh năm."]} for unit in sixty()}
    first = next(iter(said))
    said[first] = {"han_che": [*said[first]["han_che"], "Công tác thống kê chưa thống nhất giữa các xã."]}
    (limits,) = [each for each in compose(gather(summary_of(nq06(), said), lexicon())).sections if each.groups]
    (group,) = limits.groups
    assert [(each.units, len(each.quotes)) for each in group.points] == [(60, 1)]
    assert [(each.lead, each.units) for each in group.folded] == [("Thống kê về du lịch chưa thống nhất", 1)]


def test_without_themes_typical_sentences_of_each_block_are_quoted_within_the_same_room() -> None:
    composition = compose(gather(summary_of(nq06(), sixty())))
    room = budgets(nq06().outline, {})
    for section in composition.sections:
        words = sum(point.size for group in section.groups for point in group.points)
        assert words <= room[section.under.section.code]
        assert not section.under.unclassified
    results = composition.sections[2].groups[0]
    assert {point.lead for point in results.points} == {block.code for block in nq06().blocks} - {"bao_chi"}
    assert share_quoted(composition) >= 0.95
    text = text_of(write_draft(composition.sayings.summary).word)
    assert "Các huyện ủy, thị ủy, thành ủy (13/13 báo cáo); điển hình như" in text


@pytest.mark.parametrize(
    ("section", "opening", "named"),
    [
        ("ket_qua", "điển hình như ", True),
        ("lanh_dao_chi_dao", "điển hình như ", True),
        ("han_che", "một số đơn vị nêu: ", False),
        ("bai_hoc", "như ", True),
    ],
)
def test_who_did_well_is_an_example_and_who_failed_is_not_named(section: str, opening: str, named: bool) -> None:
    composition = labelled()
    found = next(each for each in composition.sections if each.under.section.code == section)
    fields = section_fields(nq06(), found, composition.sayings.units, Quotes(NOW))
    points = [point for group in fields["groups"] for point in group["points"] if len(point["quotes"]) > 1]
    assert {point["opening"] for point in points} == {opening}
    assert {bool(quote["unit"]) for point in points for quote in point["quotes"]} == {named}
    plan = nq06()
    assert plan.outline[3].model_copy(update={"naming": "named"}).quotes_as == "named"


def test_a_sentence_that_only_repeats_its_table_is_counted_and_not_quoted() -> None:
    figures = "Tổng lượt khách du lịch năm 2017 là 32.000 lượt khách; đến năm 2021 là 17.000 lượt khách."
    told = "Lượng khách năm 2021 giảm còn 17.000 lượt khách vì hai năm liền phải đóng cửa bãi biển."
    said = {"h_can_loc": {"ket_qua": [figures]}, "h_duc_tho": {"ket_qua": [figures.replace("32", "30"), told]}}
    commas = "Số hội nghị quán triệt, học tập Nghị quyết năm 2017 là 15 hội nghị; đến năm 2021 là 17 hội nghị."
    assert ClaimReader(nq06().forms[1], frozenset()).says_only_figures(commas)
    composition = composed(summary_of(nq06(), said))
    (point,) = [point for section in composition.sections for group in section.groups for point in group.points]
    assert (point.units, [each.text for each in point.quotes]) == (2, [told])


def test_a_quote_names_the_units_that_it_stands_for() -> None:
    said = {unit: {"han_che": ["Sản phẩm du lịch còn đơn điệu, nghèo nàn quanh năm."]} for unit in sixty()}
    composition = composed(summary_of(nq06(), said))
    ((quote, others),) = composition.alike.items()
    assert {quote.unit.code, *(each.unit.code for each in others)} == {*said}
    assert share_quoted(composition) == 1
    comment = source_of(quote, others)
    assert all(f"{each.unit.name} (hồ sơ lần 1, câu 1, mã câu {each.digest})" in comment for each in others)
    with begin_evidence(composition) as workbook:
        rows = list(openpyxl.load_workbook(io.BytesIO(workbook([], [])))["Mọi câu"].values)[2:]
    assert sorted(str(row[-3]) for row in rows) == ["có"] + 59 * ["cùng nêu"]


def test_figures_stand_under_their_own_heading_after_what_they_come_to() -> None:
    text = text_of(write_draft(counted(nq06()), lexicon()).word)
    second, third, fourth = (text.index(f"\n{number}. ") for number in ("II", "III", "IV"))
    assert second < text.index("Biểu 02. Kết quả quán triệt") < third < text.index("Biểu 01. Kết quả") < fourth
    judged = "Đánh giá chung: trong 11 chỉ tiêu so sánh được, năm 2021 (số ước) có "
    assert third < text.index(judged) < text.index("- Tổng lượt khách du lịch") < fourth
    whose = r"^Đánh giá chung, theo biểu của (\d+)/\1 đơn vị phải lập: trong"
    assert re.search(whose, text[second:third], re.MULTILINE)
    assert "kế hoạch chưa nêu mục tiêu nào để đối chiếu kết quả" in text
    assert "“…”: chưa có số liệu" not in text[:fourth]
    assert "2020 | 2021 (ước)" in text


def counted(plan: Plan) -> Summary:
    """Return the summary of reports that have figures and no words."""
    random = Random(2)
    reports = [
        report(plan, unit.code, {}).model_copy(
            update={
                "figures": tuple(
                    Figure(
                        indicator=each.code, year=year, value=float(random.randint(10, 90)), file="b.xlsx", cell="D5"
                    )
                    for each in form.indicators
                    for year in form.years
                )
            }
        )
        for unit in plan.units
        if unit.owes == "report" and (form := plan.form_of(unit))
    ]
    units = [each.unit for each in reports]
    register = make_register(plan, [make_receipt(unit) for unit in units], [make_verdict(unit) for unit in units])
    return summarise(plan, plan.campaigns[0], register, reports)


def test_what_is_asked_of_those_above_stands_apart_from_what_is_the_issuer_s_own_to_do() -> None:
    plan = nq06()
    above = {
        name: is_above(plan, name) for name in ("Trung ương", "Ủy ban nhân dân tỉnh", "Tỉnh ủy", plan.units[0].name)
    }
    assert above == {**dict.fromkeys(above, False), "Trung ương": True}
    district = plan.model_copy(update={"issuer": "Ban Thường vụ Huyện ủy", "units": (), "offices": ()})
    assert [is_above(district, name) for name in ("Trung ương", "Ủy ban nhân dân tỉnh", "Ủy ban nhân dân xã")] == [
        True, True, False,
    ]  # fmt: skip
    parts = [group.part for group in labelled().sections[-1].groups]
    assert parts[0] == TO_THOSE_ABOVE
    assert set(parts[1:]) == {TO_ITS_OWN}
    text = text_of(write_draft(labelled().sayings.summary, lexicon()).word)
    assert text.count(TO_THOSE_ABOVE) == text.count(TO_ITS_OWN) == 1


def test_who_is_asked_reads_something_of_it_and_what_is_only_named_there_stands_in_the_annex() -> None:
    said, (unit, *_) = {unit: dict(own) for unit, own in sixty().items()}, sixty()
    road, course = (
        "Đề nghị Sở Giao thông vận tải nâng cấp tuyến đường tỉnh 550.",
        "Đề nghị Cục Thống kê tỉnh mở 02 lớp tập huấn về thống kê du lịch.",
    )
    said[unit]["kien_nghi"] = [*said[unit]["kien_nghi"], road, course]
    composition = composed(summary_of(nq06(), said))
    asks = composition.sections[-1]
    assert all(group.points for group in asks.groups)
    left = {(each.addressee, each.text) for each in composition.left}
    assert {each.text for each in asks.quotes if each.text in (road, course)} | {text for _, text in left} >= {
        road,
        course,
    }
    named = {(each.addressee, each.text) for group in asks.groups for point in group.folded for each in point.said}
    assert named <= left


def test_room_is_shared_as_the_plan_says_and_else_by_what_reports_are_to_say() -> None:
    outline = nq06().outline
    said = budgets(outline, {})
    assert said["ket_qua"] == 4 * WORDS_A_PAGE
    assert sum(said.values()) == pytest.approx(PAGES * WORDS_A_PAGE, abs=5)
    unsaid = budgets([each.model_copy(update={"pages": None}) for each in outline], {})
    assert sum(unsaid.values()) == pytest.approx(PAGES * WORDS_A_PAGE, abs=5)
    assert unsaid["ket_qua"] > 2 * unsaid["bai_hoc"] > 0
    full = budgets(outline, {"ket_qua": 3000})
    assert full["ket_qua"] > 500
    assert sum(full.values()) + 3000 == pytest.approx(PAGES * WORDS_A_PAGE, abs=5)


def test_what_figures_take_of_a_heading_is_given_back_of_what_others_leave() -> None:
    outline, taken = nq06().outline, {"ket_qua": 1900}
    full, own = budgets(outline, {}), budgets(outline, taken)
    unused = {code: words // 2 for code, words in own.items()}
    back = given_back(outline, taken, unused)
    assert sum(back.values()) <= sum(unused.values())
    assert all(own[code] + words <= full[code] + 1 for code, words in back.items())
    assert back["ket_qua"] > back["dac_diem"] > 0
    assert given_back(outline, taken, dict.fromkeys(own, 10)) == {}, "less than a page"
    assert not any(given_back(outline, {}, full).values()), "nothing was taken"


def test_what_was_folded_for_want_of_room_has_a_line_again_where_others_leave_it() -> None:
    said = {unit: {"lanh_dao_chi_dao": own["lanh_dao_chi_dao"]} for unit, own in sentences().items()}
    found = gather(summary_of(nq06(), said), lexicon())
    less, more = (compose(found, {"lanh_dao_chi_dao": taken, "ket_qua": 900}).sections[1] for taken in (2400, 0))
    assert {each.lead for each in less.groups[0].points} == {each.lead for each in more.groups[0].points}
    assert not less.groups[0].folded


def test_sentences_without_a_theme_are_listed_and_never_guessed() -> None:
    odd = "Câu này nói một điều mà không ai khác nói đến cả."
    said = {unit: {**own, "bai_hoc": [*own.get("bai_hoc", []), odd]} for unit, own in sentences().items()}
    draft = write_draft(summary_of(nq06(), said), lexicon())
    text = text_of(draft.word)
    assert f"Câu chưa xếp được chủ đề: {len(said)} câu" in text
    assert text.count(odd) == 1
    rows = list(openpyxl.load_workbook(io.BytesIO(draft.evidence))["Chưa xếp"].values)
    assert [row[-1] for row in rows[2:]] == [odd] * len(said)
    assert rows[2][-2]


def test_the_evidence_holds_every_sentence_and_what_became_of_it() -> None:
    composition = labelled()
    book = openpyxl.load_workbook(io.BytesIO(write_draft(composition.sayings.summary, lexicon()).evidence))
    assert book.sheetnames == ["Chủ đề", "Mọi câu", "Chưa xếp", "Cần xem", "Số trong lời văn"]
    rows = list(book["Mọi câu"].values)[2:]
    parts: defaultdict[tuple[str, ...], str] = defaultdict(str)
    for row in rows:
        parts[tuple(map(str, row[:4]))] += str(row[-1])
    told = [sentence for said in sentences().values() for own in said.values() for sentence in own]
    assert len(parts) == len(told)
    assert not {*parts.values()} - {part for sentence in told for part in (sentence, *cuts(sentence))}
    assert len({*parts.values()} & {*told}) > 0.95 * len(told), "but for what only says that causes follow"
    quoted = {(*each.source.model_dump().values(), each.text) for each in composition.quoted}  # of whomever it asks
    assert sum(row[-3] == "có" for row in rows) == len(quoted)
    figures = {row[-3]: row[-2] for row in list(book["Số trong lời văn"].values)[2:]}
    assert figures["480 nghìn lượt"] == 480_000
    assert "2019" not in " ".join(map(str, figures))


def test_what_begins_like_a_formula_is_text() -> None:
    said = {"h_can_loc": {"ket_qua": ["=1+1 là công thức mà đơn vị ghi vào báo cáo."]}}
    book = openpyxl.load_workbook(io.BytesIO(write_draft(summary_of(nq06(), said), lexicon()).evidence))
    (cell,) = [cell for row in book["Mọi câu"] for cell in row if str(cell.value).startswith("=")]
    assert cell.data_type == "s"


def test_figures_far_from_the_others_and_reports_that_gainsay_themselves_are_shown() -> None:
    said: dict[str, dict[str, list[str]]] = {
        unit: {"ket_qua": [f"Nâng cấp {number} km đường vào các điểm du lịch trên địa bàn."]}
        for number, unit in enumerate(sorted(sentences()), 20)
    }
    said["so_gtvt"]["ket_qua"] = ["Nâng cấp 18.200 km đường vào các điểm du lịch trên địa bàn."]
    said["h_can_loc"]["ket_qua"] += ["Hạ tầng khu du lịch cơ bản đồng bộ, đáp ứng nhu cầu."]
    said["h_can_loc"]["han_che"] = ["Hạ tầng du lịch nhiều nơi chưa đồng bộ, thiếu bãi đỗ xe."]
    sayings = gather(summary_of(nq06(), said), lexicon())
    found = remarks(sayings, prose_figures(sayings))
    assert [(each.kind, each.unit.code) for each in found] == [
        ("Trái nhau trong một báo cáo", "h_can_loc"),
        ("Số liệu khác thường", "so_gtvt"),
    ]
    assert "“18.200 km”" in found[1].why
    assert "mục III, câu 2" in found[0].in_words


def test_phrases_are_proposed_by_how_many_units_share_them() -> None:
    without = [(f"u{number}", f"Phố ẩm thực số {number} mở cửa đón khách.") for number in range(4)]
    found = proposals([*without, ("u1", "Câu riêng của một nơi.")])
    assert found[0].units == 4
    assert found[0].is_in("Tuyến phố ẩm thực số 9 mở cửa đón khách.")
    assert proposals([("u", "Chỉ có một câu như thế này.")]) == []


def test_one_report_is_not_counted_and_many_that_are_missing_are_named_in_the_annex() -> None:
    one = {"h_can_loc": sentences()["h_can_loc"]}
    text = text_of(write_draft(summary_of(nq06(), one), lexicon()).word)
    assert "Nguồn lực hạn hẹp; có đơn vị nêu: “Ngân sách đầu tư" in text
    assert "báo cáo)" not in text
    assert "Còn thiếu: 59 đơn vị (danh sách ở Phụ lục 1)." in text


def test_a_mean_that_is_weighed_says_so_under_the_units_figures(summary: Summary) -> None:
    (form,) = summary.forms
    weighed = form.form.indicators[2].model_copy(update={"aggregate": "mean", "weight_by": "CT04"})
    told = form.form.model_copy(update={"indicators": (form.form.indicators[0], weighed)})
    (fields,) = forms_fields(replace(summary, forms=(replace(form, form=told),)), "")
    assert (
        "công suất phòng (%; số chung là bình quân theo CT04, không phải trung bình cộng của cột)" in fields["legend"]
    )
    assert fields["legend"].count("bình quân theo") == 1


def test_where_no_figures_are_asked_for_no_annex_of_figures_is_left_empty() -> None:
    plan = make_plan().model_copy(update={"forms": ()})
    summary = summarise(plan, plan.campaigns[0], make_register(plan, [], []), [])
    word = write_draft(summary).word
    text = text_of(word)
    assert "SỐ LIỆU THEO ĐƠN VỊ" not in text
    assert [line for line in text.splitlines() if line.startswith("Phụ lục")] == ["Phụ lục"]  # one alone has no number
    assert "biểu của đơn vị" not in text
    (section,) = docx.Document(io.BytesIO(word)).sections  # what stood across is a blank page otherwise
    assert section.page_width < section.page_height
    assert [
        paragraph.text for paragraph in section.header.paragraphs if paragraph._p.xpath(".//w:fldSimple|.//w:instrText")
    ]
