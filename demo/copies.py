"""Whether a signed copy that is not what was sent beside it was told of, figure by figure."""

from __future__ import annotations

from demo.evidence import Check, Evidence
from demo.scenario import Content


def copies_told(evidence: Evidence) -> Check:
    """Where a unit's signed copy has other figures than its Word document, the verdict says which."""
    plan = evidence.workspace.plan
    sent = [each for each in evidence.scenario.drops(plan) if each.content is Content.SIGNED_OTHERWISE]
    told = [
        f"{plan.unit(each.owner).name}: {fault.message}"
        for each in sent
        for verdict in evidence.register.units[each.owner].verdicts
        for fault in verdict.faults
        if verdict.number == each.number and fault.code == "KS-20"
    ]
    return Check("Bản ký khác bản Word được nêu từng số", len(told) == len(sent), "; ".join(told) or "chưa nêu")
