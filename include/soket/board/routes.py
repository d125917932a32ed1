"""The board's pages, one function each: find what is asked for, hand it to a template."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from soket.board import mail
from soket.board.access import Campaigns, NotHereError, Place, is_kept
from soket.board.choosing import Filters, Order
from soket.board.curve import curves_of
from soket.board.export import FILE, units_workbook
from soket.board.frame import Here, Known, Looking, pages_of, show
from soket.board.guests import came, conference_tables, way
from soket.board.history import nominations_sent, rounds_of, submissions_of, titles_of
from soket.board.overview import plan_cards
from soket.board.pages import data_answer, file_answer, made_page_answer, part_answer, root_of, short_answer
from soket.board.ribbon import stage_steps
from soket.board.rows import unit_row
from soket.board.rules import FATES_OF_RULES, Fate
from soket.board.standing import Group
from soket.board.views import board_of
from soket.narrative.versions import latest_changes
from soket.notices.reports.unreached import unreached
from soket.plan.model import Plan
from soket.record.commending import names_of_proposals
from soket.record.composed import composed_for
from soket.record.decision_lines import DecisionLine, decision_lines, names_of_accounts
from soket.record.decisions import PlanChange
from soket.record.tally import Progress
from soket.record.threads import threads_of
from soket.record.turns import waiting_request
from soket.record.words import DECISIONS
from soket.stages.changing import refused_edition
from soket.store.store import MissingObjectError

router = APIRouter()


def names_of(plan: Plan) -> dict[str, str]:
    """Return the name of every unit and office, by code."""
    return {unit.code: unit.name for unit in plan.units} | {office.code: office.name for office in plan.offices}


def _to_present(request: Request, known: Campaigns, plan: Plan) -> Response:
    return RedirectResponse(f"{root_of(request)}/{plan.id}/{known.current(plan).code}", 302)


# A plan's id begins with a letter, so nothing of a plan's is ever under "-".
@router.get("/-/style.css")
def style(request: Request) -> Response:
    """The style sheet, which needs no login."""
    return part_answer(pages_of(request).style)


@router.get("/-/board.js")
def script(request: Request) -> Response:
    """The script, without which every page works too; it needs no login either."""
    return part_answer(pages_of(request).script, "text/javascript")


@router.get("/-/dag/{dag_id}")
def board_of_dag(request: Request, dag_id: str, looking: Looking, known: Known) -> Response:
    """From a DAG's tab to the board of its plan's present campaign."""
    return _to_present(request, known, known.plan(looking, dag_id.partition(".")[0]))


@router.get("/")
def index(request: Request, looking: Looking, known: Known) -> Response:
    """Every campaign of every plan, and the plans that cannot be read."""
    _, faulty = known.load()
    return pages_of(request).answer(request, "index.html", cards=plan_cards(known, looking), faulty=faulty)


@router.get("/{plan}")
def present(request: Request, plan: str, looking: Looking, known: Known) -> Response:
    """From a plan to the board of its present campaign."""
    return _to_present(request, known, known.plan(looking, plan))


def _filters(
    progress: Progress | Group | Literal[""] = "",
    block: str = "",
    words: Annotated[str, Query(max_length=100)] = "",
    order: Order = Order.PLAN,
) -> Filters:
    return Filters(progress or None, block or None, words.strip(), order)


Filtered = Annotated[Filters, Depends(_filters)]


@router.get("/{plan}/{campaign}")
def board(
    request: Request,
    here: Here,
    known: Known,
    filters: Filtered,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    live: bool = False,
) -> Response:
    """Where a campaign stands."""
    shown = board_of(
        here.workspace, here.register, filters, page, reminded=known.reminded(here), summary=here.reading.summary
    )
    return show(request, here, "board.html", watched=True, board=shown, filters=filters, orders=Order, live=live)


@router.get("/{plan}/{campaign}/now")
def now(request: Request, here: Here, known: Known) -> Response:
    """Whether anything is new, for pages that are looked at."""
    return short_answer(request, str(known.now(here)))


@router.get("/{plan}/{campaign}/units.xlsx")
def export(here: Here, known: Known, filters: Filtered) -> Response:
    """The table, as a workbook."""
    return file_answer(FILE, units_workbook(here.workspace, here.register, filters, known.reminded(here)))


@router.get("/{plan}/{campaign}/stages")
def stages(request: Request, here: Here, known: Known) -> Response:
    """What each round of each stage did and made."""
    rounds = {stage.id: rounds_of(here.register, stage) for stage in here.workspace.plan.stages}
    steps = stage_steps(here.workspace, here.register)
    return show(
        request,
        here,
        "stages.html",
        watched=True,
        steps=steps,
        rounds=rounds,
        stale={each.stage.id: each for each in known.stale(here)},
        titles=titles_of(here.plan, here.register),
        inbox=here.workspace.keys.inbox,
    )


@router.get("/{plan}/{campaign}/units/{unit}")
def unit(request: Request, here: Here, unit: str, known: Known) -> Response:
    """One unit's history."""
    if unit not in here.register.units:
        raise NotHereError(f"Kế hoạch «{here.plan.short_title}» không có đơn vị «{unit}».")
    about, entry = here.plan.unit(unit), here.register.units[unit]
    return show(
        request,
        here,
        "unit.html",
        composed=composed_for(here.plan, here.register, entry),
        watched=True,
        unit=about,
        entry=entry,
        row=unit_row(here.workspace, here.register, about, entry),
        submissions=submissions_of(entry),
        changes=latest_changes(here.workspace, entry),
        nominations=nominations_sent(here.plan, here.register, about),
        titles=titles_of(here.plan, here.register),
        decisions=[line for line in _decisions(here) if unit in line.units],
        threads=threads_of(here.plan, here.register, unit, internal=True),
        waiting=waiting_request(here.workspace, here.register, unit),
        notices=known.lines(here, mail.about(known.notices(here), unit)),
        told=known.told_above(here, unit),
        unreached=[each for each in unreached(here.workspace, known.notices(here)) if each.code == unit],
    )


@router.get("/{plan}/{campaign}/guests")
def guests(request: Request, here: Here) -> Response:
    """Who comes to the conferences, and who speaks."""
    return show(
        request,
        here,
        "guests.html",
        watched=True,
        tables=conference_tables(here.workspace, here.register),
        way=way,
        came=came,
    )


@router.get("/{plan}/{campaign}/curve")
def curve(request: Request, here: Here) -> Response:
    """How many had sent, in time or late, at the end of each working day."""
    return show(request, here, "curve.html", watched=True, curves=curves_of(here.workspace, here.register))


@router.get("/{plan}/{campaign}/rules")
def rules(request: Request, here: Here) -> Response:
    """What each rule found, and what became of that."""
    return show(
        request,
        here,
        "rules.html",
        watched=True,
        table=here.reading.rules,
        fates=list(Fate),
        FATES_OF_RULES=FATES_OF_RULES,
    )


@router.get("/{plan}/{campaign}/decisions")
def decisions(request: Request, here: Here, known: Known) -> Response:
    """Who decided what, when and why, and what was refused."""
    return show(
        request,
        here,
        "decisions.html",
        watched=True,
        decisions=_decisions(here),
        refusals=known.refusals(here),
        plan_changes=[act for act in reversed(here.register.decisions) if isinstance(act, PlanChange)],
        refused_plan=None if here.then else refused_edition(here.workspace),
        accounts=names_of_accounts(here.plan),
        DECISIONS=DECISIONS,
    )


def _decisions(here: Place) -> list[DecisionLine]:
    return decision_lines(here.plan, here.register, names_of_proposals(here.workspace, here.register))


@router.get("/{plan}/{campaign}/checks/{name}")
def checks(here: Here, name: str) -> Response:
    """What the plan's rules found, run by run: pages that `soket checks docs` made."""
    if not re.fullmatch(r"\w{1,100}\.(html|css)", name, re.ASCII):
        raise NotHereError("Không có trang này.")
    try:
        return made_page_answer(name, here.workspace.store.get(here.workspace.keys.check_page(name)))
    except MissingObjectError:
        raise NotHereError("Chưa lập trang kết quả kiểm tra số liệu. Người vận hành chạy: soket checks docs") from None


@router.get("/{plan}/{campaign}/register.json")
def register(here: Here) -> Response:
    """The register, for programs."""
    return data_answer(here.register.to_json())


@router.get("/{plan}/{campaign}/files/{key:path}")
def file(here: Here, key: str) -> Response:
    """A kept file, to be saved."""
    if not is_kept(here.register, key):
        raise NotHereError("Không có tệp này trong hồ sơ của đợt.")
    try:
        return file_answer(key.rpartition("/")[2], here.workspace.store.get(key))
    except MissingObjectError:
        raise NotHereError("Tệp này không còn trong kho dữ liệu.") from None
