"""Every page of the units' app in a browser: nothing keeps anybody from reading it, on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page

from intake.turns import judged
from page.test_confirming import WRONG
from reading import corpus
from record import story
from record.builders import drop
from record.story import Story
from soket.page.app import create_app
from soket.page.leaders import PLACE as LEADERS
from soket.page.staging import Staging
from soket.plan.model import StageKind
from soket.plan.unit_page import UnitPage
from soket.record.filing import file_stage_record
from soket.record.handover import hand_over
from soket.record.keeping import read_register
from soket.record.proof import prove
from soket.record.sending import check_link, door_link, handover_link, leader_link

from .conftest import DESK_TOP, PHONE, Office, an_office, breaches, patched
from .serving import address_of, listener, serving
from .test_strangers_words import nominating

pytestmark = pytest.mark.browser

NEW, SENT, WAITING, GUEST = "huyen_1", "huyen_2", "huyen_3", "h_can_loc"
DOOR = "/{plan}/{campaign}"
UNIT = f"{DOOR}/{{unit}}"
NO_PAGES = {  # what the app answers with besides: style and scripts, other addresses, files, words to its script
    *("/-/style.css", "/-/page.js", "/-/check.js", DOOR, UNIT),
    *(f"{UNIT}/{what}" for what in ("vao/{token}", "dau", "tai/{key:path}", "tep/{file_id}", "bien-nhan/{number}/luu")),
}


@dataclass(frozen=True)
class Place:
    """Where a page is, and the link by which its reader has come in before."""

    address: str
    link: str = ""


@pytest.fixture(scope="module")
def places(after: Story) -> Iterator[dict[str, Place]]:
    """Let happen what each page is there for; give where it is, by its route."""
    with ExitStack() as opened:
        found = of_units(opened.enter_context(an_office()))
        asking = opened.enter_context(an_office(unit_page=UnitPage(one_time_code=True)))
        found[f"{UNIT}/ma"] = Place(f"{asking.home(NEW)}ma", asking.link(NEW))
        guests, listening = after(story.called), listener()
        opened.enter_context(patched(address_of(listening)))
        app = create_app(lambda plan, campaign: guests(), lambda: ([guests.plan], []))
        met = Office(guests, opened.enter_context(serving(app, listening)))
        (stage,) = guests.plan.stages_of(StageKind.CONFER)
        found[f"{UNIT}/giay-moi/{{stage}}"] = Place(f"{met.home(GUEST)}giay-moi/{stage.id}", met.link(GUEST))
        assert set(found) == pages_of(app)
        yield found


def pages_of(app: FastAPI) -> set[str]:
    """Return the routes of all pages, as the app itself has them."""
    found = {getattr(route, "path", "") for route in app.routes if "GET" in getattr(route, "methods", ())}
    return {each for each in found if each not in NO_PAGES and not each.endswith("/vao/{token}")}


def of_units(office: Office) -> dict[str, Place]:
    """Return the places of a campaign under way: of a unit that is new, one that sent, one that waits, a leader."""
    desk = office.desk
    desk.plan = nominating(desk.plan)
    file_stage_record(desk(), desk.plan.stages[0].id, 1, "opened", "Ghi.")
    judged(desk, SENT, WRONG)
    drop(desk(), WAITING)
    staging = Staging(desk(), NEW)
    staged = staging.begin(corpus.TABLE, len(table := WRONG[corpus.TABLE]))
    staging.add(staged.id, 0, table)
    workspace = desk()
    register = read_register(workspace, keep=False)
    (receipt,) = register.units[SENT].receipts
    code = prove(workspace, register, receipt).code
    key = handover_link(desk.plan, desk.campaign.code, NEW, hand_over(workspace, NEW, "AK", "Mã bí mật: x"))
    new = ("", "thu", "khong-phat-sinh", "ke-hoach", "bieu-duong", "gia-han")
    return {
        "/kiem-tra/{code}": Place(str(check_link(desk.plan, desk.campaign.code, code))),
        f"{DOOR}/": Place(str(door_link(desk.plan, desk.campaign.code))),
        f"{LEADERS}/": Place(str(leader_link(workspace, register.acts, "btg", workspace.now.date()))),
        f"{UNIT}/khoa/{{token}}": Place(str(key)),
        **{f"{UNIT}/{form}": Place(f"{office.home(NEW)}{form}", office.link(NEW)) for form in new},
        f"{UNIT}/rut-lai": Place(f"{office.home(WAITING)}rut-lai", office.link(WAITING)),
        **{
            f"{UNIT}/{route}": Place(f"{office.home(SENT)}{route.replace('{number}', '1')}", office.link(SENT))
            for route in ("bien-nhan/{number}", "so-dung/{number}", "trao-doi")
        },
    }


@pytest.mark.timeout(900)
@pytest.mark.parametrize("width", [DESK_TOP, PHONE])
def test_nothing_keeps_anybody_from_reading_a_page(
    places: dict[str, Place], open_page: Callable[..., Page], width: int
) -> None:
    found = {}
    for route, place in sorted(places.items()):
        page = open_page(width)
        if place.link:
            page.goto(place.link)
        answer = page.goto(place.address)
        assert answer is not None
        assert answer.status == 200, (route, page.locator("main").inner_text())
        page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wrong := breaches(page) + ([f"{wide} px wide"] if wide > width else []):
            found[route] = wrong
        page.context.close()
    assert found == {}
