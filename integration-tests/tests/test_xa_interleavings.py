# SPDX-License-Identifier: Apache-2.0
"""XA transactions in random order, several at once, while worker and server are killed.

Records are the rows of committed transactions: none comes before its XA COMMIT, none of a rolled back one ever."""

from __future__ import annotations

import os
import random
import threading
import time

import pytest

from support.xa import MARKS, TABLES, Interleaving, ServerLost, State

pytestmark = pytest.mark.kills

ROUNDS = int(os.environ.get("XA_ROUNDS", 200))
STEPS_OF_A_ROUND = 8


@pytest.mark.parametrize("server_name", ["mysql", "mariadb"])
def test_rows_of_xa_transactions_come_at_their_commit_whatever_is_killed(
    scenario, own_server, kafka, seed, server_name
):
    chance = random.Random(seed)
    server = own_server(server_name)
    s = scenario(server, kafka)
    xa = Interleaving(server, s.name, seed)
    xa.create()
    s.start_streaming()
    kills = {"worker": 0, "server": 0}
    for number in range(ROUNDS):
        # Each fault about five times in 200 rounds.
        if chance.random() < 0.025:
            s.worker.kill()
            s.worker.start()
            kills["worker"] += 1
        dying = chance.random() < 0.025
        if dying:
            kills["server"] += 1
        run_round(server, xa, chance.random() * 0.2 if dying else None)
        if chance.random() < 0.05:
            see_only_what_is_committed(s, xa, number)
    xa.decide_all()
    see_only_what_is_committed(s, xa, ROUNDS)
    verdict = s.judge(tables=[f"{s.name}.{table}" for table in (*TABLES, MARKS)], rising_positions=False)
    counts = ", ".join(f"{count} {what}" for what, count in sorted(xa.counts.items()))
    print(
        f"xa: {server_name}: {ROUNDS} rounds, {len(xa.all)} transactions ({counts}), {verdict.changes} changes,"
        f" {kills['worker']} kills of the worker, {kills['server']} of the server"
    )
    if ROUNDS >= 200:
        assert xa.counts["prepared, then committed"] and xa.counts["prepared, then rolled back"]


def run_round(server, xa, death: float | None) -> None:
    """With the server killed in its midst: `death` says after how many seconds."""
    if death is None:
        for _ in range(STEPS_OF_A_ROUND):
            xa.step()
        return
    if server.is_mariadb:
        # It is not safe to kill over XA (MDEV-21469): a prepare may be in the binlog and not in the engine, and a
        # commit in one phase, acknowledged and logged, comes back as prepared. That is not what it told its own
        # replicas either. So it dies between two statements, with the engine's log written.
        run_round(server, xa, None)
        xa.expect_death()
        server.kill()
    else:
        xa.expect_death()
        step_until_it_dies(server, xa, death)
    server.start()
    xa.recover()


def step_until_it_dies(server, xa, death: float) -> None:
    killer = threading.Thread(target=lambda: (time.sleep(death), server.kill()))
    killer.start()
    try:
        while True:
            xa.step()
    except ServerLost:
        pass
    finally:
        killer.join()


def see_only_what_is_committed(s, xa, number: int) -> None:
    """As a read_committed reader sees it, with transactions open and prepared. Asked again after the mark has come:
    what was read before it was sent before it."""
    xa.mark(number)
    s.wait_for_key(MARKS, {"id": number})
    told = {change["after"]["who"] for change in s.changes(*TABLES) if change["after"]}
    wrong = told & xa.names_in(State.ACTIVE, State.ENDED, State.PREPARED, State.ROLLED_BACK)
    assert not wrong, f"told of {wrong}, which are not committed"
