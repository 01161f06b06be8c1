# SPDX-License-Identifier: Apache-2.0
"""Much of everything, with nothing going wrong."""

from __future__ import annotations

import os

import pytest

CHANGES = int(os.environ.get("CHANGES", 200_000))


@pytest.mark.parametrize("server_name", ["mysql", "mariadb", "mariadb118"])
def test_changes_of_all_kinds_arrive_exactly_once(request, scenario, kafka, seed, server_name):
    s = scenario(request.getfixturevalue(server_name), kafka)
    load = s.load(seed)
    s.start_streaming()
    load.run(CHANGES)
    s.catch_up(300)
    verdict = s.judge_load()
    assert verdict.changes >= CHANGES
    assert all(verdict.kinds[kind] for kind in ("create", "update", "delete", "key change"))
    assert s.worker.stop() == 0


def test_backlog_is_drained_from_the_beginning(scenario, mysql, kafka, seed):
    """The load is over before the worker starts, which then reads as fast as it can."""
    s = scenario(mysql, kafka)
    load = s.load(seed)
    file, position, _ = mysql.position()
    load.run(CHANGES // 4)
    s.worker.connector["start.position"] = f"{file}:{position}"
    s.start_streaming()
    s.catch_up(300)
    s.judge_load()
