"""Phrases (placeholder)."""

from __future__ import annotations

from soket.plan.model import Deadline


def last_moment(deadline: Deadline) -> str:
    """Return the last moment in words."""
    return f"muộn nhất 24 giờ 00, ngày {deadline.last_day:%d/%m/%Y}"
