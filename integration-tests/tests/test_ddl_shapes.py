# SPDX-License-Identifier: Apache-2.0
"""Shapes of DDL on which other trackers failed, on sources whose binlog has no names: records of the rows behind each of
them have the names and values that SELECT shows (G5, G6)."""

from __future__ import annotations

import pytest

from ddl.shapes import SHAPES
from ddl.steps import Trial
from ddl.trial import LOOKED_UP
from support.variants import variables_set


@pytest.mark.parametrize("server_name", ["mysql", "mariadb", "mariadb118"])
def test_records_behind_each_shape_have_the_names_and_values_of_select(request, scenario, kafka, server_name):
    server = request.getfixturevalue(server_name)
    s = scenario(server, kafka)
    with variables_set(server, {"binlog_row_metadata": "MINIMAL"}):
        s.create("marks (id INT PRIMARY KEY)")
        s.worker.connector["table.include.list"] = Trial.captured(s)
        s.worker.connector["topic.creation.default.partitions"] = 1
        s.start_streaming()
        trial = Trial(s)
        trial.run(SHAPES)
    wrong = trial.complaints()
    print(f"ddl shapes: {len(SHAPES)} on {trial}; {len(wrong)} complaints")
    trial.clean_up()
    assert not wrong, "\n".join(wrong[:40])
    assert s.worker.logged(LOOKED_UP) == 0, s.worker.log_since_start()[-3000:]
