# SPDX-License-Identifier: Apache-2.0
"""Waiting for conditions, never for times."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class TimeoutExpired(AssertionError):
    """The condition did not become true in time."""


def poll_until(
    condition: Callable[[], T],
    seconds: float,
    what: str,
    *,
    check: Callable[[], None] | None = None,
    interval: float = 0.05,
) -> T:
    """The first true answer of `condition`. `check` raises as soon as waiting has become pointless, for
    instance because the process is gone."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if check is not None:
            check()
        if time.monotonic() > deadline:
            raise TimeoutExpired(f"not within {seconds} s: {what}")
        time.sleep(interval)
    return answer
