"""A plan with as many units as a preview asks for."""

from __future__ import annotations

from soket.plan.model import Contact, Duty, Plan, Unit

_ELSEWHERE = (Duty.COVERAGE_PLAN, Duty.EXEMPT)


def with_units(plan: Plan, count: int) -> Plan:
    """Return a plan with so many units that report: the first of its own, then others like them."""
    own = [unit for unit in plan.units if unit.owes not in _ELSEWHERE]
    others = [unit for unit in plan.units if unit.owes in _ELSEWHERE]
    units = [own[index] if index < len(own) else _like(own[index % len(own)], index) for index in range(count)]
    return plan.model_copy(update={"units": (*units, *others)})


def _like(unit: Unit, index: int) -> Unit:
    def moved(contact: Contact) -> Contact:
        name, _, domain = contact.email.rpartition("@")
        return contact.model_copy(update={"email": f"{name}.{index}@{domain}"})

    return unit.model_copy(
        update={
            "code": f"{unit.code}_{index}",
            "name": f"{unit.name} {index}",
            "aliases": (),
            "contact": moved(unit.contact),
            "head": moved(unit.head),
        }
    )
