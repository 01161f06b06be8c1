# SPDX-License-Identifier: Apache-2.0
"""Source offsets as they lie in Kafka: one for each Kafka transaction, in Kafka Connect's layout."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from oracle.complaints import Complaints
from oracle.records import Record


def offsets_of(records: Iterable[Record], connector: str, prefix: str) -> list[tuple[Record, dict[str, Any] | None]]:
    """Those of one connector, in order; None is a reset."""
    return [
        (record, None if record.value is None else json.loads(record.value))
        for record in records
        if record.key is not None and json.loads(record.key) == [connector, {"server": prefix}]
    ]


def check_offsets(
    offsets: list[tuple[Record, dict[str, Any] | None]], complaints: Complaints, *, cuts_allowed: bool = False
) -> None:
    """Each Kafka transaction has a number one above the last, whoever wrote it, and no position goes back.
    Not for a connector whose offsets were set or reset by hand."""
    last: dict[str, Any] | None = None
    for record, offset in offsets:
        if offset is None:
            complaints.add(f"{record}: a reset")
            continue
        if not cuts_allowed and (offset.get("event") or offset.get("row")):
            complaints.add(f"{record}: lies inside a transaction: {offset}")
        if last is not None:
            if offset["txn_seq"] != last["txn_seq"] + 1:
                complaints.add(f"{record}: txn_seq {offset['txn_seq']} follows {last['txn_seq']}")
            if _place(offset) < _place(last):
                complaints.add(f"{record}: goes back from {_place(last)} to {_place(offset)}")
        last = offset


def _place(offset: dict[str, Any]) -> tuple[int, int, int, int]:
    file = int(offset["file"].rpartition(".")[2])
    return (file, offset["pos"], offset.get("event", 0), offset.get("row", 0))
