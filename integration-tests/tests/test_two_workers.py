# SPDX-License-Identifier: Apache-2.0
"""Two workers run one connector: Kafka lets only one of them commit."""

from __future__ import annotations

from support.rowmill import TAKEN_OVER, ExitCode
from support.waiting import poll_until


def test_of_two_workers_started_at_once_one_is_fenced(scenario, mysql, kafka, seed):
    s = scenario(mysql, kafka)
    load = s.load(seed)
    s.start_streaming().kill()
    load.start(10**9, changes_a_second=3000)
    one, other = s.worker, s.another_worker("rival")
    try:
        one.start()
        other.start()
        poll_until(lambda: not (one.is_running() and other.is_running()), 60, "one worker to give up")
        loser, winner = (other, one) if one.is_running() else (one, other)
        loser.expect_end(ExitCode.FENCED, TAKEN_OVER)
        load.stop()
        s.catch_up(check=winner.check)
        s.judge_load()
        assert winner.stop() == ExitCode.SUCCESS
    finally:
        other.kill()


def test_second_worker_takes_over_from_the_first(scenario, mysql, kafka, seed):
    s = scenario(mysql, kafka)
    load = s.load(seed)
    s.start_streaming()
    load.start(10**9, changes_a_second=3000)
    s.catch_up()
    rival = s.another_worker("rival").start()
    try:
        s.worker.expect_end(ExitCode.FENCED, TAKEN_OVER)
        load.stop()
        s.catch_up(check=rival.check)
        s.judge_load()
    finally:
        rival.kill()
