from __future__ import annotations

from datetime import date

import pytest

from documents.conftest import text_of
from soket.faults import fault
from soket.notices.delivery import deliver
from soket.notices.digests import WEEKLY_REPORT, digest_notice, digest_notices, weekly_notice
from soket.notices.examples import examples
from soket.notices.examples.trouble import faulty_plan
from soket.notices.facts import say_days
from soket.notices.ladder import due
from soket.notices.ledger import Ending, Intent, states
from soket.notices.letters import drafted, with_letters
from soket.notices.notice import DIGESTS
from soket.notices.oddities import oddities_notice
from soket.notices.outbox import post, post_all, post_current
from soket.notices.progress import next_dates
from soket.notices.render import write
from soket.notices.senders import Refusal
from soket.record.decisions import Mute
from soket.record.records import Ruling, StageRecord
from soket.record.register import StageEntry

from .plans import make_plan
from .post import ScriptedSender, receipt
from .test_compose import conference, record, with_records
from .world import World, moment


def at(when: str, units: int = 3) -> World:
    world = World(make_plan(units))
    world.clock.set(when)
    return world


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2021-10-18 07:29", False),
        ("2021-10-18 07:30", True),
        ("2021-10-18 23:59", True),
        ("2021-10-23 07:30", False),  # a Saturday
        ("2021-12-03 07:30", True),
        ("2021-12-06 07:30", False),
    ],
)
def test_the_lead_hears_each_working_morning(when: str, told: bool) -> None:
    world = at(when)
    assert (digest_notice(world.workspace, world.register) is not None) is told


def test_there_is_one_digest_a_day() -> None:
    world = at("2021-10-20 07:30")
    first = digest_notice(world.workspace, world.register)
    world.clock.set("2021-10-20 14:00")
    second = digest_notice(world.workspace, world.register)
    assert first is not None
    assert second is not None
    assert first.id == second.id == "digest.btg.2021-10-20"


def test_the_digest_counts_who_owes_what() -> None:
    world = at("2021-11-05 07:30", units=6)
    world.send("unit_00", moment("2021-11-01 10:00"))
    world.send("unit_01", moment("2021-11-04 23:59"), Ruling.RETURNED)
    world.send("unit_02", moment("2021-11-05 07:00"), None)
    world.exempt("unit_03", moment("2021-10-20 10:00"))
    world.extend("unit_04", moment("2021-11-03 10:00"), date(2021, 11, 8))
    notice = digest_notice(world.workspace, world.register)
    assert notice is not None
    assert notice.context["checking"] == [world.plan.unit("unit_02").name]
    # unit_02 has sent something unjudged after its date, unit_01 was returned, unit_05 is silent.
    assert notice.context["total"] == {
        "owing": 5,
        "sent": 1,
        "pending": 1,
        "in_hand": 1,
        "waiting": 0,
        "announced": 0,
        "returned": 1,
        "not_sent": 2,
        "overdue": 2,
        "late": 3,
        "sent_late": 1,
        "missed": 0,
        "over": False,
    }
    assert [row["name"] for row in notice.context["blocks"]] == ["Các huyện ủy", "Các sở, ngành"]  # type: ignore[index, call-overload, union-attr]
    assert [row["name"] for row in notice.context["to_chase"]] == [  # type: ignore[index, call-overload, union-attr]
        "Huyện ủy Cẩm Xuyên",
        "Huyện ủy Lộc Hà",
        "Huyện ủy Can Lộc",
    ]
    assert [row["last_day"] for row in notice.context["extensions"]] == ["08/11/2021"]  # type: ignore[index, call-overload, union-attr]


def test_every_list_of_the_digest_is_as_long_as_the_count_above_it() -> None:
    world = at("2021-11-08 07:30", units=6)
    world.send("unit_00", moment("2021-11-05 10:00"))  # late
    world.send("unit_01", moment("2021-11-04 10:00"))
    notice = digest_notice(world.workspace, world.register)
    assert notice is not None
    total = notice.context["total"]
    assert (total["sent_late"], total["overdue"], total["not_sent"]) == (1, 4, 4)  # type: ignore[index, call-overload]
    mail = write(world.workspace, Intent(notice=notice, posted_at=world.clock.now()))
    assert "4 chưa gửi; 1 gửi muộn; trong số chưa xong, 4 quá hạn" in mail.text
    assert "Quá hạn (4):" in mail.text
    press = [each for each in notice.context["to_chase"] if not each["reports"]]  # type: ignore[union-attr, call-overload, index]
    assert press, "the press owes a plan of coverage, and no report"
    assert f"Việc khác, ngoài 6 đơn vị phải báo cáo ({len(press)}):" in mail.text


def done(world: World, when: str):
    """Return the register with the unit reports closed at a moment."""
    register = world.register
    record = StageRecord(stage="unit_reports", round=1, step="done", at=moment(when), note="")
    entry: StageEntry = register.stages["unit_reports"].model_copy(update={"round": 1, "records": (record,)})
    return register.model_copy(update={"stages": {**register.stages, "unit_reports": entry}})


def test_after_the_close_only_mornings_with_news_have_a_digest() -> None:
    world = at("2021-11-08 07:30")
    first = digest_notice(world.workspace, done(world, "2021-11-05 09:00"))
    assert first is not None
    post(world.workspace, first)
    deliver(world.workspace, ScriptedSender(), now=world.clock.real)
    world.clock.set("2021-11-09 07:30")
    assert digest_notice(world.workspace, done(world, "2021-11-05 09:00")) is None
    world.send("unit_00", moment("2021-11-08 16:00"))
    assert digest_notice(world.workspace, done(world, "2021-11-05 09:00")) is not None


@pytest.mark.parametrize(
    ("when", "step"),
    [
        ("2021-10-18 07:30", None),
        ("2021-10-22 07:30", None),
        ("2021-10-25 07:30", "week-2021-43"),
        ("2021-10-27 07:30", "week-2021-43"),  # nobody was awake on Monday
        ("2021-11-01 07:30", "week-2021-44"),
    ],
)
def test_the_standing_board_hears_once_a_week(when: str, step: str | None) -> None:
    world = at(when)
    notice = weekly_notice(world.workspace, world.register)
    assert (notice.step if notice else None) == step
    assert notice is None or notice.addressee == "tttu"


def test_the_paper_of_a_week_that_is_told_anew_is_made_anew() -> None:
    world = at("2021-10-25 07:30")

    def tell(when: str, *, down: bool = False) -> ScriptedSender:
        world.clock.set(when)
        post_current(world.workspace, digest_notices(world.workspace, world.register), DIGESTS, now=world.clock.real)
        deliver(world.workspace, sender := ScriptedSender(down=down), now=world.clock.real)
        return sender

    paper = world.workspace.keys.notice("digest.tttu.week-2021-43", WEEKLY_REPORT)
    for when in ("2021-10-25 07:30", "2021-10-26 07:30", "2021-10-27 07:30"):
        tell(when, down=True)
        assert f"ngày {when[8:10]}/10/2021" in text_of(world.store.get(paper))
    sent = tell("2021-10-27 07:40")
    assert "digest.tttu.week-2021-43-again2" in sent.ids
    before = world.store.get(paper)
    tell("2021-10-28 07:30")
    assert world.store.get(paper) == before  # what was sent is not made anew


def test_the_operator_hears_of_each_new_oddity_once() -> None:
    world = at("2021-10-20 07:30")
    assert oddities_notice(world.workspace, world.register) is None
    world.store.put(world.workspace.keys.inbox + "lac/a.docx", b"x")
    first = oddities_notice(world.workspace, world.register)
    world.clock.set("2021-10-21 07:30")
    again = oddities_notice(world.workspace, world.register)
    world.store.put(world.workspace.keys.inbox + "b.docx", b"x")
    second = oddities_notice(world.workspace, world.register)
    assert first is not None
    assert again is not None
    assert second is not None
    assert first.id == again.id != second.id
    assert second.context["files_in_all"] == 2
    assert [file["key"] for file in second.context["files"]] == ["b.docx", "lac/a.docx"]  # type: ignore[index, call-overload, union-attr]


def test_mails_that_failed_reach_lead_and_operator() -> None:
    world = at("2021-10-20 07:30")
    post(world.workspace, receipt())
    deliver(
        world.workspace,
        ScriptedSender(answer=lambda _, to: dict.fromkeys(to, Refusal(550, "no such user"))),
        now=world.clock.real,
    )
    expected = [{"id": "receipt.unit_00.n1", "to": "unit_00@hatinh.example", "note": "550 no such user"}]
    digest = digest_notice(world.workspace, world.register)
    oddities = oddities_notice(world.workspace, world.register)
    assert digest is not None
    assert oddities is not None
    assert digest.context["failed_mails"] == oddities.context["failed_mails"] == expected


def test_a_long_list_of_failed_mails_is_cut_and_says_how_many_there_are() -> None:
    world = at("2021-10-20 07:30", units=60)
    for unit in world.plan.units[:60]:
        post(world.workspace, receipt(unit.code))
    deliver(
        world.workspace,
        ScriptedSender(answer=lambda _, to: dict.fromkeys(to, Refusal(550, "no such user"))),
        now=world.clock.real,
    )
    for notice in (digest_notice(world.workspace, world.register), oddities_notice(world.workspace, world.register)):
        assert notice is not None
        mail = write(world.workspace, Intent(notice=notice, posted_at=world.clock.now()))
        for text in (mail.text, mail.html):
            assert "60 thư không gửi được" in text or "Thư không gửi được (60)" in text
            assert text.count("no such user") == 50
            assert "… và 10 thư khác." in text


def test_a_long_list_of_oddities_is_cut() -> None:
    world = at("2021-10-20 07:30")
    for number in range(80):
        world.store.put(world.workspace.keys.inbox + f"lac/{number:02}.docx", b"x")
    notice = oddities_notice(world.workspace, world.register)
    assert notice is not None
    assert len(notice.context["files"]) == 50  # type: ignore[arg-type]
    assert notice.context["files_in_all"] == 80


def test_when_the_mail_server_was_down_only_the_latest_digest_goes_out() -> None:
    world = World()
    for day in ("2021-10-19", "2021-10-20", "2021-10-21"):
        world.clock.set(f"{day} 07:30")
        post_current(world.workspace, digest_notices(world.workspace, world.register), DIGESTS, now=world.clock.real)
        deliver(world.workspace, ScriptedSender(down=True), now=world.clock.real)
    sender = ScriptedSender()
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.ids == ["digest.btg.2021-10-21"]
    endings = [state.ending for _, state in sorted(states(world.workspace).items())]
    assert endings == [Ending.WITHDRAWN, Ending.WITHDRAWN, Ending.SENT]


def sent_digest(world: World, when: str, *, down: bool = False) -> list[str]:
    """Return the news of the digest of a moment, once it was posted and sent, or not."""
    world.clock.set(when)
    notices = digest_notices(world.workspace, world.register)
    post_current(world.workspace, notices, DIGESTS, now=world.clock.real)
    deliver(world.workspace, ScriptedSender(down=down), now=world.clock.real)
    (digest,) = (each for each in notices if each.addressee == "btg")
    return [str(each) for each in digest.context["news"]]  # type: ignore[union-attr]


def test_the_digest_tells_what_is_new_since_the_one_that_was_sent_before() -> None:
    world = at("2021-10-29 16:00")
    world.send("unit_00", moment("2021-10-29 10:00"))
    assert len(sent_digest(world, "2021-11-01 07:30")) == 1
    world.send("unit_01", moment("2021-11-01 10:00"), Ruling.RETURNED)
    world.send("unit_02", moment("2021-11-02 07:00"), None)
    world.extend("unit_01", moment("2021-11-01 15:00"), date(2021, 11, 8))
    world.clock.set("2021-11-02 07:30")
    notice = digest_notice(world.workspace, world.register)
    assert notice is not None
    assert notice.context["since"] == "07 giờ 30, ngày 01/11/2021"
    assert notice.context["news"] == [
        "10 giờ 10, ngày 01/11/2021: Huyện ủy Cẩm Xuyên: bộ hồ sơ lần 1: trả lại, 1 điểm phải sửa",
        (
            "15 giờ 00, ngày 01/11/2021: Gia hạn: Huyện ủy Cẩm Xuyên, đến hết ngày 08/11/2021. "
            "Lý do: Chống dịch (Trưởng ban)"
        ),
        "07 giờ 00, ngày 02/11/2021: Huyện ủy Thạch Hà: đã gửi bộ hồ sơ lần 1, đang kiểm tra",
    ]


def test_what_came_before_a_digest_and_was_receipted_after_it_is_in_the_next_and_nothing_is_told_twice() -> None:
    world = at("2021-10-19 07:30")
    world.send("unit_00", moment("2021-10-18 10:00"), None)
    first = sent_digest(world, "2021-10-19 07:30")
    assert ["Kỳ Anh: đã gửi" in each for each in first] == [True]
    world.send("unit_01", moment("2021-10-19 07:10"), None)  # it lay there at 07:30, and had no receipt yet
    second = sent_digest(world, "2021-10-20 07:30")
    assert ["Cẩm Xuyên: đã gửi" in each for each in second] == [True]
    assert sent_digest(world, "2021-10-21 07:30") == []


def test_what_a_digest_told_that_was_never_sent_is_in_the_next() -> None:
    world = at("2021-10-19 07:30")
    assert sent_digest(world, "2021-10-19 07:30") == []
    world.send("unit_00", moment("2021-10-19 10:00"))
    lost = sent_digest(world, "2021-10-20 07:30", down=True)
    world.send("unit_01", moment("2021-10-20 10:00"))
    told = sent_digest(world, "2021-10-21 07:30")
    assert (len(lost), told[:1], len(told)) == (1, lost, 2)
    assert sent_digest(world, "2021-10-22 07:30") == []


def test_a_digest_of_an_older_soket_told_what_had_happened_by_then() -> None:
    world = at("2021-10-19 07:30")
    world.send("unit_00", moment("2021-10-18 10:00"))
    sent_digest(world, "2021-10-19 07:30")
    key = world.workspace.keys.notice("digest.btg.2021-10-19", "intent.json")
    intent = Intent.model_validate_json(world.store.get(key))
    context = {name: value for name, value in intent.notice.context.items() if name != "told"}
    old = intent.model_copy(update={"notice": intent.notice.model_copy(update={"context": context})})
    world.store.put(key, old.to_json())
    world.send("unit_01", moment("2021-10-19 10:00"))
    assert ["Cẩm Xuyên" in each for each in sent_digest(world, "2021-10-20 07:30")] == [True]


def test_a_long_list_of_news_is_cut_and_says_so() -> None:
    world = at("2021-11-02 07:30", units=60)
    for number in range(60):
        world.send(f"unit_{number:02}", moment("2021-11-01 10:00"))
    notice = digest_notice(world.workspace, world.register)
    assert notice is not None
    assert (len(notice.context["news"]), notice.context["news_in_all"]) == (50, 60)  # type: ignore[arg-type]


def test_the_digest_names_questions_mutes_and_letters() -> None:
    world = at("2021-11-08 07:30")
    world.send("unit_00", moment("2021-11-01 10:00"), Ruling.REFERRED)
    world.decisions.append(
        Mute(
            id="mute-1",
            decided_at=moment("2021-11-05 08:00"),
            account="",
            granted_by="Trưởng ban",
            reason="Cách ly",
            unit="unit_01",
            last_day=date(2021, 11, 9),
        )
    )
    post_all(world.workspace, with_letters(world.workspace, due(world.workspace, world.register)))
    notice = digest_notice(world.workspace, world.register)
    assert notice is not None
    assert notice.context["waiting"] == [
        {
            "code": "unit_00",
            "name": "Huyện ủy Kỳ Anh",
            "number": 1,
            "standing": "đã nhận, chờ cán bộ xem",
            "received": "10 giờ 00, ngày 01/11/2021",
            "reasons": ["Bản quét."],
        }
    ]
    assert notice.context["mutes"] == [
        {"name": "Huyện ủy Cẩm Xuyên", "last_day": "09/11/2021", "reason": "Cách ly", "document_number": None}
    ]
    letters = notice.context["letters"]
    assert [(each["office"], each["late"]) for each in letters] == [  # type: ignore[index, call-overload, union-attr]
        ("Ban Tuyên giáo Tỉnh ủy", 1),
        ("Ủy ban nhân dân tỉnh", 1),
    ]
    assert {each["when"] for each in letters} == {"lập lúc 07 giờ 30, ngày 08/11/2021, chờ gửi"}  # type: ignore[index, call-overload, union-attr]
    world.clock.set("2021-11-08 07:42")
    deliver(world.workspace, ScriptedSender(), now=world.clock.real)
    world.clock.set("2021-11-10 07:30")
    later = digest_notice(world.workspace, world.register)
    assert later is not None
    assert later.context["mutes"] == []
    assert {each["when"] for each in later.context["letters"]} == {"gửi để ký lúc 07 giờ 42, ngày 08/11/2021"}  # type: ignore[index, call-overload, union-attr]


def letters_at(world: World, when: str) -> list[tuple[object, ...]]:
    """Return of each letter of a moment whom it urged, what is no longer so of it, and whether it is of use."""
    world.clock.set(when)
    found = drafted(world.workspace, world.register)
    return [(each["office"], each["late"], each["outdated"], not each["over"]) for each in found]


def test_a_letter_to_be_signed_says_what_of_it_is_no_longer_so() -> None:
    world = at("2021-11-08 07:30", units=6)
    world.send("unit_05", moment("2021-11-01 10:00"))
    post_all(world.workspace, with_letters(world.workspace, due(world.workspace, world.register)))
    assert letters_at(world, "2021-11-08 07:31") == [
        ("Ban Tuyên giáo Tỉnh ủy", 2, None, True),
        ("Ủy ban nhân dân tỉnh", 3, None, True),
    ]
    names = [world.plan.unit(f"unit_0{at}").name for at in range(6)]
    world.send("unit_00", moment("2021-11-08 09:00"))
    world.send("unit_02", moment("2021-11-08 09:00"), Ruling.RETURNED)
    world.send("unit_01", moment("2021-11-09 09:00"))
    world.extend("unit_03", moment("2021-11-09 09:00"), date(2021, 11, 15))
    longer = f"{names[3]} được gia hạn đến hết ngày 15/11/2021"
    party, state = letters_at(world, "2021-11-10 07:29")
    assert state == (
        "Ủy ban nhân dân tỉnh",
        3,
        f"đã cũ: {names[0]} đã gửi ngày 08/11/2021; {names[2]} bị trả lại, chưa gửi lại; còn 2 đơn vị phải đôn đốc",
        True,
    )
    assert party == (
        "Ban Tuyên giáo Tỉnh ủy",
        2,
        f"không dùng nữa: không còn đơn vị phải đôn đốc ({names[1]} đã gửi ngày 09/11/2021; {longer})",
        False,
    )
    world.clock.set("2021-11-10 07:30")
    notice = digest_notice(world.workspace, world.register)
    assert notice is not None
    mail = write(world.workspace, Intent(notice=notice, posted_at=world.clock.now()))
    assert "Dự thảo công văn đôn đốc để ký (1):" in mail.text
    assert f"chờ gửi; {state[2]}" in mail.text
    assert state[2] in mail.html


def test_a_letter_is_of_no_use_once_a_later_one_stands_in_its_place_or_nobody_waits() -> None:
    world = at("2021-11-08 07:30")
    world.send("unit_01", moment("2021-11-01 10:00"))
    post_all(world.workspace, with_letters(world.workspace, due(world.workspace, world.register)))
    world.clock.set("2021-11-12 07:30")
    post_all(world.workspace, with_letters(world.workspace, due(world.workspace, world.register)))
    assert {each[2:] for each in letters_at(world, "2021-11-12 07:31") if each[0] == "Ủy ban nhân dân tỉnh"} == {
        (None, True),
        ("không dùng nữa: đã có dự thảo sau thay thế", False),
    }
    closed = "không dùng nữa: đợt đã thôi chờ hồ sơ từ hết ngày 03/12/2021"
    over = {each[2:] for each in letters_at(world, "2021-12-20 07:30")}
    assert (closed, False) in over
    assert not any(used for _, used in over)
    world.send("unit_00", moment("2021-11-15 10:00"))
    said = {each[2] for each in letters_at(world, "2021-12-20 07:30") if each[2] and "trước đó" in each[2]}
    assert said == {f"{closed}; trước đó {world.plan.unit('unit_00').name} đã gửi ngày 15/11/2021"}


def test_a_conference_that_was_called_is_still_to_come_until_its_day_is_over() -> None:
    world = World(make_plan(1))
    stage = world.plan.stage("conference")
    world.clock.set("2021-11-22 08:00")
    opened = record(world, "conference", "opened")
    world.clock.set("2021-11-22 09:00")
    conference(world, "online", date(2021, 11, 29))
    done = with_records(world.register, opened, record(world, "conference", "done"))
    rows = {}
    for day in ("26", "29", "30"):
        world.clock.set(f"2021-11-{day} 07:30")
        rows[day] = [row for row in next_dates(world.workspace, done) if row["title"] == stage.title]
    waits = "đã gửi 0/7 giấy mời, 5/5 nơi chưa trả lời"
    assert [(row["last_day"], row["days"], row["waits"]) for day in rows for row in rows[day]] == [
        ("29/11/2021", "còn 01 ngày làm việc", waits),
        ("29/11/2021", "hôm nay", waits),
    ]
    assert rows["30"] == []


def test_whoever_is_hours_late_is_not_a_day_late() -> None:
    world = at("2021-11-05 07:30")
    deadline = moment("2021-11-05 00:00")
    said = {}
    for when in ("2021-11-05 08:00", "2021-11-06 08:00", "2021-11-08 07:30", "2021-11-09 07:30"):
        world.clock.set(when)
        said[when] = say_days(world.workspace, deadline)
    days = [f"quá hạn 0{number} ngày làm việc" for number in (1, 1, 2)]
    assert list(said.values()) == ["vừa quá hạn", *days]
    assert say_days(world.workspace, deadline, date(2021, 11, 8)) == days[-1]  # that day was over


def test_the_digest_lists_the_odd_figures_that_nobody_confirmed() -> None:
    world = at("2021-11-02 07:30")
    world.send("unit_00", moment("2021-11-01 10:00"), Ruling.ACCEPTED_WITH_WARNINGS)
    notice = digest_notice(world.workspace, world.register)
    assert notice is not None
    fault = world.register.units["unit_00"].unconfirmed[0]
    assert notice.context["unconfirmed"] == [
        {"code": "unit_00", "name": "Huyện ủy Kỳ Anh", "number": 1, "messages": [fault.message]}
    ]
    mail = write(world.workspace, Intent(notice=notice, posted_at=world.clock.now()))
    for part in (mail.text, mail.html):
        how = "bảng tổng hợp của dự thảo có cộng, đánh dấu (*), câu chữ của dự thảo không cộng"
        assert f"Số bất thường chưa ai xác nhận (1 đơn vị), {how}" in part
        assert fault.message in part


def test_the_digest_lists_signed_copies_that_say_otherwise() -> None:
    world = at("2021-11-02 07:30")
    world.send("unit_00", moment("2021-11-01 10:00"))
    unlike = fault("KS-21", "ban-ky.pdf", "mục II", signed="182", source="281", quote="đón 281 đoàn khách")
    entry = world.register.units["unit_00"]
    verdicts = tuple(each.model_copy(update={"faults": (unlike,)}) for each in entry.verdicts)
    units = {**world.register.units, "unit_00": entry.model_copy(update={"verdicts": verdicts})}
    notice = digest_notice(world.workspace, world.register.model_copy(update={"units": units}))
    assert notice is not None
    mail = write(world.workspace, Intent(notice=notice, posted_at=world.clock.now()))
    for part in (mail.text, mail.html):
        assert "Bản ký khác bản đang dùng, chưa ai xác nhận bản nào đúng (1 đơn vị)" in part
        assert "Bản ký ghi 182" in part


def test_the_week_is_set_against_the_one_before() -> None:
    world = at("2021-11-01 07:30")
    world.send("unit_00", moment("2021-10-22 10:00"))
    world.send("unit_01", moment("2021-10-27 10:00"))
    notice = weekly_notice(world.workspace, world.register)
    assert notice is not None
    assert notice.context["last_week"] == "07 giờ 30, ngày 25/10/2021"
    assert notice.context["total_before"]["sent"] == 1  # type: ignore[index, call-overload]
    assert notice.context["total"]["sent"] == 2  # type: ignore[index, call-overload]


@pytest.mark.parametrize(("form", "said"), [("state", "văn bản hành chính)"), ("party", "văn bản của Đảng)")])
def test_the_week_is_said_to_come_in_the_form_that_its_paper_has(form: str, said: str) -> None:
    workspace, notice = examples(make_plan(form=form))["digest-weekly"]
    mail = write(workspace, Intent(notice=notice, posted_at=workspace.now))
    for part in (mail.text, mail.html):
        assert f"Báo cáo tuần (dự thảo, theo thể thức {said} gửi kèm." in part


def test_the_operator_hears_of_faults_of_ours() -> None:
    world = at("2021-11-02 07:30")
    world.send("unit_00", moment("2021-11-02 06:29"), None)
    register = world.register.model_copy(update={"unreadable": ("decisions/nq06/2021/x.json",)})
    notice = oddities_notice(world.workspace, register, [faulty_plan()])
    assert notice is not None
    assert notice.context["what"] == ["1 bộ hồ sơ chưa chấm được", "1 bản ghi không đọc được", "1 kế hoạch có lỗi"]
    assert notice.context["unjudged"] == [
        {
            "code": "unit_00",
            "name": "Huyện ủy Kỳ Anh",
            "number": 1,
            "error": "nhận lúc 06 giờ 29, ngày 02/11/2021, chưa được chấm: xem bước «Tiếp nhận báo cáo»",
        }
    ]


def test_what_came_in_just_now_is_no_oddity() -> None:
    world = at("2021-11-02 07:30")
    world.send("unit_00", moment("2021-11-02 06:31"), None)
    assert oddities_notice(world.workspace, world.register) is None


def test_a_receipt_that_cannot_be_read_stops_no_morning() -> None:
    world = at("2021-10-20 07:30")
    world.send("unit_00", moment("2021-10-19 09:00"), Ruling.REFERRED)
    world.receipts.clear()
    notice = digest_notice(world.workspace, world.register)
    assert notice is not None
    assert "09 giờ 10" in str(notice.context["waiting"])
