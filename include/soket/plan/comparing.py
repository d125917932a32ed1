"""Finds what changed between two plans of one campaign, and refuses what would break what is on record; pure."""

from __future__ import annotations

from collections.abc import Iterator

from soket.plan.body_changes import office_changes, unit_changes
from soket.plan.changes import Amendment, ChangeKind, OnRecord, Versions, turned
from soket.plan.date_changes import date_changes, span_changes, stage_changes
from soket.plan.model import Plan
from soket.plan.tables import Indicator, IndicatorForm

# What is compared part by part; of the rest it is said that it changed.
_TITLES = ("title", "short_title")
_COMPARED = ("unit_page", "forms", "offices", "units", "stages", "campaigns", "adjusted")


def compare(old: Plan, new: Plan, campaign: str, record: OnRecord) -> list[Amendment]:
    """Return what changed for a campaign that both plans have, in the order in which a plan is read."""
    versions = Versions(old, new, campaign, record)
    found = (_settings, _unit_page, _forms, office_changes, unit_changes, stage_changes, span_changes, date_changes)
    return [each for changes in (_titles, *found) for each in changes(versions)]


def _titles(versions: Versions) -> Iterator[Amendment]:
    for name in _TITLES:
        yield from turned(ChangeKind.TITLE, name, "kế hoạch", getattr(versions.old, name), getattr(versions.new, name))
    yield from turned(ChangeKind.TITLE, "campaign", "đợt", versions.before.title, versions.after.title)


def _settings(versions: Versions) -> Iterator[Amendment]:
    for name, field in Plan.model_fields.items():
        if name not in (*_TITLES, *_COMPARED) and getattr(versions.old, name) != getattr(versions.new, name):
            yield Amendment(kind=ChangeKind.SETTING, about=name, name=f"{field.description} («{name}»)")


def _unit_page(versions: Versions) -> Iterator[Amendment]:
    asked = (each.unit_page.in_words for each in (versions.old, versions.new))
    yield from turned(ChangeKind.UNIT_PAGE, "unit_page", "mở trang nộp hồ sơ", *asked)


def _forms(versions: Versions) -> Iterator[Amendment]:
    olds, news = ({form.code: form for form in plan.forms} for plan in (versions.old, versions.new))
    for code, form in news.items():
        if code not in olds:
            yield Amendment(kind=ChangeKind.FORM, about=code, name=form.title, after="thêm biểu")
        elif olds[code] != form:
            yield from _form(versions, olds[code], form)
    for code, old in olds.items():
        if code not in news:
            yield Amendment(kind=ChangeKind.FORM, about=code, name=old.title, after="bỏ biểu")


def _form(versions: Versions, old: IndicatorForm, new: IndicatorForm) -> Iterator[Amendment]:
    if old.years != new.years:
        years = (", ".join(map(str, each.years)) for each in (old, new))
        yield from turned(ChangeKind.FORM, new.code, f"{new.title}, các năm", *years)
    if old.blocks != new.blocks:
        yield Amendment(kind=ChangeKind.FORM, about=new.code, name=f"{new.title}, các khối điền biểu")
    olds, news = ({each.code: each for each in form.indicators} for form in (old, new))
    for code, indicator in news.items():
        if code not in olds:
            yield Amendment(kind=ChangeKind.INDICATOR_ADDED, about=new.code, name=_named(indicator, new))
        elif olds[code].unit_of_measure != indicator.unit_of_measure:
            yield _measure(versions, old, new, olds[code], indicator)
    for code, indicator in olds.items():
        if code not in news:
            yield Amendment(kind=ChangeKind.INDICATOR_REMOVED, about=new.code, name=_named(indicator, old))
    told = {"unit_of_measure"}
    same = [code for code in news if code in olds]
    other = any(olds[code].model_dump(exclude=told) != news[code].model_dump(exclude=told) for code in same)
    if other or (old.title, old.rules) != (new.title, new.rules):
        yield Amendment(kind=ChangeKind.SETTING, about=new.code, name=f"{new.title}: tên gọi, quy tắc, mục tiêu")


def _measure(versions: Versions, old: IndicatorForm, new: IndicatorForm, was: Indicator, now: Indicator) -> Amendment:
    handed_in, measures = versions.record.handed_in, (was.unit_of_measure, now.unit_of_measure)
    sent = sum(unit.block in old.blocks and unit.code in handed_in for unit in versions.old.units)
    why = f"{sent} đơn vị đã nộp số liệu theo «{measures[0]}». Giữ đơn vị tính ấy, hoặc thêm chỉ tiêu mới, mã khác."
    return Amendment(
        kind=ChangeKind.MEASURE,
        about=new.code,
        name=_named(now, new),
        before=measures[0],
        after=measures[1],
        refused=why if sent else "",
    )


def _named(indicator: Indicator, form: IndicatorForm) -> str:
    return f"{indicator.code} {indicator.name}, {form.title}"
