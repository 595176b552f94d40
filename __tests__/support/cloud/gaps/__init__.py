"""All gaps of moto that the mock mends."""

from __future__ import annotations

from gap import Gap

GAPS: list[Gap] = []
