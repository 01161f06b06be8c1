# SPDX-License-Identifier: Apache-2.0
"""Every type: all its edges and VALUES (10000) random values in each column, compared with the server's SELECT."""

from __future__ import annotations

import os
import random

import pytest

from values.tables import table_names, tables
from values.trial import try_tables

COUNT = int(os.environ.get("VALUES") or 10_000)


@pytest.mark.parametrize("table_name", table_names())
@pytest.mark.parametrize("server_name", ["mysql", "mariadb", "mariadb118"])
def test_values_are_what_select_says(request, scenario, kafka, seed, tally, server_name, table_name):
    server = request.getfixturevalue(server_name)
    table = next((table for table in tables(server) if table.name == table_name), None)
    if table is None:
        pytest.skip(f"{server_name} has no such types")
    try_tables(scenario(server, kafka), [table], random.Random(seed), COUNT, tally(server))
