"""The directories that are shipped: Hà Tĩnh of 2021 and of 2026."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from conftest import REPOSITORY
from soket.plan.check import doubtful, examine
from soket.plan.directory import Directory, directory_file, directory_names, doubts_of, examined
from soket.plan.loader import load

NQ06 = REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml"


def directory(name: str) -> Directory:
    file = examined(directory_file(name))
    assert file.made, "\n".join(map(str, file.faults))
    return file.made


@pytest.mark.parametrize("name", directory_names())
def test_it_is_sound_and_reaches_nobody_real(name: str) -> None:
    found = directory(name)
    assert [str(each) for each in doubts_of(examined(directory_file(name)))] == []
    contacts = [person for unit in found.units for person in (unit.contact, unit.head) if person]
    contacts += [office.contact for office in found.offices]
    assert all(each.email.endswith((".hatinh.example", "@hatinh.example")) for each in contacts)
    assert {each.phone for each in contacts} == {None}


def test_the_province_of_2026_has_69_communes_and_no_district() -> None:
    found = directory("ha_tinh_2026")
    communes = [unit for unit in found.units if unit.group == "xa_phuong"]
    assert Counter(unit.kind for unit in communes) == {"xã": 60, "phường": 9}
    assert {office.code for office in found.offices} >= {"btgdvtu", "du_ubnd", "vptu", "thuong_truc"}
    assert "du_cq_dang" in {unit.code for unit in found.units}
    names = " ".join(name for unit in found.units for name in (unit.name, *unit.aliases)).casefold()
    assert not any(gone in names for gone in ("huyện", "thị xã", "ban cán sự", "kế hoạch và đầu tư"))


def test_every_unit_of_2021_that_is_gone_has_successors_or_is_gone_for_good() -> None:
    before, now = directory("ha_tinh_2021"), directory("ha_tinh_2026")
    followed = {each.unit for unit in now.units for each in unit.predecessors}
    left = {unit.code for unit in before.units} - followed
    assert left == {
        "ban_dan_van",  # merged into an office
        "so_ngoai_vu",
        "cuc_hai_quan",
        "nhnn_tinh",
        "kho_bac",
        "vp_nong_thon_moi",
        "lm_htx",
        "tc_hong_linh",
        "tc_van_hoa",
    }


def test_a_plan_of_2026_takes_its_communes(tmp_path: Path) -> None:
    text = NQ06.read_text(encoding="utf-8").replace("ha_tinh_2021", "ha_tinh_2026")
    for old, new in (
        ("bt_tuyen_giao", "btgdvtu"),
        ("bcs_ubnd", "du_ubnd"),
        ("group: huyen_thi_thanh_uy", "group: xa_phuong"),
    ):
        text = text.replace(old, new)
    file = tmp_path / "plan.yaml"
    file.write_text(text, encoding="utf-8")
    plan, faults = examine(file)
    assert plan, "\n".join(map(str, faults))
    assert sum(unit.block == "huyen_thi_thanh_uy" for unit in plan.units) == 69
    told = [each.message for each in doubtful(file, plan)]
    assert "đợt «2021» mở khi danh bạ ha_tinh_2026 không đúng (từ ngày 01/07/2025)" in told


def test_the_first_plan_is_within_its_directory_s_time() -> None:
    assert not any("danh bạ" in each.message for each in doubtful(NQ06, load(NQ06)))
