from __future__ import annotations

import pytest

from soket.stack.spec import Account, Folder, StackSpec


def test_a_spec_survives_being_written_down() -> None:
    spec = StackSpec((Folder("một đơn vị", "inbox/p/2021/a/"),), (Account("lanh.dao", "op"),), "kho")
    assert StackSpec.from_json(spec.to_json()) == spec


@pytest.mark.parametrize(
    "prefix", ["inbox/a", "/inbox/a/", "", "/", "inbox//a/", "inbox/../a/", "./a/", "inbox/*/", "inbox/a?/", "a\\b/"]
)
def test_a_prefix_that_could_open_other_folders_is_refused(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        Folder("a", prefix)


@pytest.mark.parametrize(("name", "role"), [("a:admin", "op"), ("a,b", "op"), ("", "op"), ("a", "root")])
def test_an_account_that_airflow_would_read_otherwise_is_refused(name: str, role: str) -> None:
    with pytest.raises(ValueError, match="account"):
        Account(name, role)


def test_names_are_used_once() -> None:
    with pytest.raises(ValueError, match="two folders"):
        StackSpec((Folder("a", "a/"), Folder("a", "b/")))
    with pytest.raises(ValueError, match="two accounts"):
        StackSpec(accounts=(Account("a", "op"), Account("a", "admin")))


def test_what_was_asked_before_is_kept_and_what_is_asked_now_counts() -> None:
    before = StackSpec((Folder("a", "a/"), Folder("b", "b/")), (Account("a", "op"), Account("b", "op")))
    now = StackSpec((Folder("b", "b2/"), Folder("c", "c/")), (Account("b", "admin"),), settings={"SOKET_MAIL": "send"})
    kept = now.keeping(before)
    assert kept.folders == (Folder("a", "a/"), Folder("b", "b2/"), Folder("c", "c/"))
    assert kept.accounts == (Account("a", "op"), Account("b", "admin"))
    assert kept.settings == now.settings
