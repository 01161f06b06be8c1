# SPDX-License-Identifier: Apache-2.0
"""DDL_STATEMENTS (250) accepted statements of a grammar of table DDL: the definition that the worker derives from each
of them is the one that information_schema has after it (G5)."""

from __future__ import annotations

import os

import pytest

from ddl.trial import Trial
from support.variants import variables_set

STATEMENTS = int(os.environ.get("DDL_STATEMENTS") or 250)
_SHOWN = 20
_SEED = 91


@pytest.mark.parametrize("server_name", ["mysql", "mariadb", "mariadb118"])
def test_definitions_are_those_of_the_catalog_after_every_statement(request, scenario, kafka, server_name):
    """The same statements every time, unless SEED chooses others: servers have more quirks than anyone has met."""
    seed = int(os.environ.get("SEED") or _SEED)
    server = request.getfixturevalue(server_name)
    with variables_set(server, {"binlog_row_metadata": "MINIMAL"}):
        report = Trial(scenario(server, kafka), seed, STATEMENTS).run()
    print(report)
    complaints = report.outcome.complaints
    assert not complaints, "\n".join([str(report), *complaints[:_SHOWN]])
    assert report.looked_up == 0, report
