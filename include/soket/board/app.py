"""The board's web app. It knows neither Airflow nor where the bucket is: both are handed in."""

# No postponed annotations here: FastAPI reads those of the routes below, which name what create_app was given.

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import Depends, FastAPI, Query, Request, Response
from fastapi.responses import RedirectResponse

from soket.board import mail
from soket.board.access import Campaigns, LoadPlans, NotHereError, OpenWorkspace, Place, Viewer, is_kept
from soket.board.failures import add_failure_pages
from soket.board.history import decision_lines, rounds_of, submissions_of
from soket.board.overview import plan_cards
from soket.board.pages import Pages, data_answer, file_answer, root_of, style_answer
from soket.board.views import Filters, board_of, clock_note, unit_row
from soket.board.words import NOTICE_STATES, NOTICES, Progress
from soket.notices import ledger
from soket.notices.notice import Kind
from soket.plan.model import StageName
from soket.store.store import MissingObjectError


def create_app(
    open_workspace: OpenWorkspace,
    load_plans: LoadPlans,
    authenticate: Callable[..., Viewer],
    *,
    login_path: str = "/api/v2/auth/login",
) -> FastAPI:
    """Return the board; `authenticate` is a FastAPI dependency that returns who looks, or raises 401."""
    app = FastAPI(title="soket", docs_url=None, redoc_url=None, openapi_url=None)
    pages = Pages()
    campaigns = Campaigns(open_workspace, load_plans)
    add_failure_pages(app, pages, login_path)

    Looking = Annotated[Viewer, Depends(authenticate)]  # noqa: N806 - a type

    def open_place(plan: str, campaign: str, viewer: Looking) -> Place:
        return campaigns.place(viewer, plan, campaign)

    Here = Annotated[Place, Depends(open_place)]  # noqa: N806 - a type

    def show(request: Request, here: Place, template: str, **facts: object) -> Response:
        """Answer with a page of a campaign."""
        return pages.answer(
            request,
            template,
            plan=here.plan,
            campaign=here.campaign,
            register=here.register,
            clock_note=clock_note(here.workspace.clock),
            **facts,
        )

    # A plan's id begins with a letter, so nothing of a plan's is ever under "-".
    @app.get("/-/style.css")
    def style() -> Response:
        return style_answer(pages.style)

    @app.get("/-/dag/{dag_id}")
    def plan_of_dag(request: Request, dag_id: str, viewer: Looking) -> Response:
        plan = campaigns.plan(viewer, dag_id.partition(".")[0])
        return RedirectResponse(f"{root_of(request)}/{plan.id}/{campaigns.current(plan).code}", 302)

    @app.get("/")
    def index(request: Request, viewer: Looking) -> Response:
        _, faulty = campaigns.load()
        return pages.answer(request, "index.html", cards=plan_cards(campaigns, viewer), faulty=faulty)

    @app.get("/{plan}/{campaign}")
    def board(
        request: Request,
        here: Here,
        progress: Progress | Literal[""] = "",
        block: str = "",
        words: Annotated[str, Query(max_length=100)] = "",
    ) -> Response:
        filters = Filters(progress or None, block or None, words.strip())
        view = board_of(here.plan, here.register, here.workspace.calendar, filters)
        return show(request, here, "board.html", board=view, filters=filters)

    @app.get("/{plan}/{campaign}/stages")
    def stages(request: Request, here: Here) -> Response:
        rounds = {name: rounds_of(here.register, name) for name in StageName}
        steps = board_of(here.plan, here.register, here.workspace.calendar, Filters()).stages
        return show(request, here, "stages.html", steps=steps, rounds=rounds)

    @app.get("/{plan}/{campaign}/units/{unit}")
    def unit(request: Request, here: Here, unit: str) -> Response:
        if unit not in here.register.units:
            raise NotHereError(f"Kế hoạch «{here.plan.short_title}» không có đơn vị «{unit}».")
        entry = here.register.units[unit]
        about = here.plan.unit(unit)
        return show(
            request,
            here,
            "unit.html",
            unit=about,
            entry=entry,
            row=unit_row(here.plan, about, entry),
            submissions=submissions_of(entry),
            decisions=[line for line in decision_lines(here.plan, here.register) if line.unit == unit],
            notices=ledger.entries(here.workspace, mail.about(campaigns.notices(here), unit)),
        )

    @app.get("/{plan}/{campaign}/decisions")
    def decisions(request: Request, here: Here) -> Response:
        return show(request, here, "decisions.html", decisions=decision_lines(here.plan, here.register))

    @app.get("/{plan}/{campaign}/notices")
    def notices(
        request: Request,
        here: Here,
        kind: Kind | Literal[""] = "",
        state: ledger.Ending | Literal["waiting", ""] = "",
    ) -> Response:
        known = campaigns.notices(here)
        filters = mail.NoticeFilters(kind or None, state or None)
        chosen, more = mail.latest(known, filters)
        return show(
            request,
            here,
            "notices.html",
            kinds=mail.kind_lines(known),
            states=NOTICE_STATES,
            filters=filters,
            lines=list(reversed(ledger.entries(here.workspace, chosen))),
            more=more,
        )

    @app.get("/{plan}/{campaign}/register.json")
    def register(here: Here) -> Response:
        return data_answer(here.register.to_json())

    @app.get("/{plan}/{campaign}/files/{key:path}")
    def file(here: Here, key: str) -> Response:
        if not is_kept(here.workspace.keys, key):
            raise NotHereError("Không có tệp này trong hồ sơ của đợt.")
        try:
            return file_answer(key.rpartition("/")[2], here.workspace.store.get(key))
        except MissingObjectError:
            raise NotHereError("Tệp này không còn trong kho dữ liệu.") from None

    return app
