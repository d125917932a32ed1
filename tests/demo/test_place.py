"""Where the players reach the embedded stack, and with whose keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Desk
from demo.place import Place
from demo.scenario import load
from demo.world import World
from soket.stack.credentials import Credentials
from soket.stack.spec import Account, Folder, StackSpec
from soket.stack.state import State
from trial.replay import SCRIPT

PORTS = {"api": 1, "page": 2, "mail_http": 3, "smtp": 4, "imap": 5, "s3": 6, "postgres": 7}


@pytest.fixture
def state(tmp_path: Path, workspace: Desk) -> State:
    here, unit = workspace(), workspace.plan.units[0].code
    office = workspace.plan.office(workspace.plan.roles.operator)
    state = State(tmp_path / "stack")
    state.create()
    folder = Folder(f"{here.keys.plan}/{here.keys.campaign}/{unit}", here.keys.inbox_folder(unit))
    spec = StackSpec(folders=(folder,), accounts=(Account(str(office.account), "op"),), settings={})
    state.save_spec(spec)
    state.update(ports=PORTS)
    Credentials.ensure(state, spec)
    return state


def test_the_embedded_stack_is_where_its_state_says(state: State) -> None:
    place = Place.embedded(state)
    pages = (place.airflow, place.page, place.mail.page)
    assert pages == tuple(f"http://127.0.0.1:{port}" for port in (1, 2, 3))
    assert (place.mail.smtp, place.mail.imap) == (4, 5)
    assert place.mail.password == Credentials.load(state).mail
    assert place.mail.certificate == state.root / "mail" / "certificate.pem"


def test_units_and_offices_have_the_keys_that_their_stack_keeps(
    state: State, workspace: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, plan = Place.embedded(state), workspace.plan
    for name, value in place.environment.items():  # which the world sets for good
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("demo.world.open_workspace", lambda *_: workspace())
    world = World.at(place, SCRIPT, load(SCRIPT))
    store = world.store_of(plan.units[0].code)
    assert store is world.store_of(plan.units[0].code)
    assert store.client.meta.endpoint_url == "http://127.0.0.1:6"
    with pytest.raises(LookupError):
        world.store_of(plan.units[1].code)
    assert world.user_of(plan.roles.operator) is world.user_of(plan.roles.operator)
    assert world.url == place.airflow
    world.close()
