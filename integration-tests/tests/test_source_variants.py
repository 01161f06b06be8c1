# SPDX-License-Identifier: Apache-2.0
"""Whatever a source is told to do with its binlog, consumers see the same: every change, once, with its values.

Each variant is a load of several sessions over nine tables while the source logs in its special way; the worker is killed
in the middle. That the server really logged so is read from the server itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pymysql
import pytest

from support import variants
from support.keyring import keyring_environment
from support.servers import Database
from support.variants import Variant
from support.waiting import poll_until

COMPRESSED = ("SET binlog_transaction_compression = ON", "SET binlog_transaction_compression = OFF")
TEXTS = ("SET binlog_rows_query_log_events = ON", "SET binlog_rows_query_log_events = OFF")
ANNOTATED = ("SET binlog_annotate_row_events = ON", "SET binlog_annotate_row_events = OFF")
TAGS = ("SET gtid_next = 'AUTOMATIC:load'", "SET gtid_next = 'AUTOMATIC:other'", "SET gtid_next = 'AUTOMATIC'")


def flush(s, load, number):
    s.server.sql("FLUSH BINARY LOGS")


def restart(s, options=()):
    """A STOP event, and a new file."""
    s.server.stop()
    s.server.start(*options)


def kill(s, options=()):
    """Nothing ends the file; the next one begins with a header that says so."""
    s.server.kill()
    s.server.start(*options)


def in_rounds(end, *rounds):
    def step(s, load, number):
        if number in rounds:
            end(s)

    return step


def toggle(variable, *values):
    def step(s, load, number):
        s.server.sql(f"SET GLOBAL {variable} = {values[number % len(values)]}")

    return step


MYSQL = [
    Variant("checksums switched", ("Rotate",), {"binlog_checksum": "CRC32"}, step=toggle("binlog_checksum", "NONE", "CRC32")),
    Variant("compressed at times", ("Transaction_payload", "Xid"), sessions=COMPRESSED, distinct_positions=False),
    Variant("statement texts", ("Rows_query",), sessions=TEXTS),
    Variant("tagged GTIDs", ("Gtid_tagged_log_event",), sessions=TAGS),
    Variant("small files", ("Rotate",), {"max_binlog_size": 4096}),
    Variant("flushed", ("Rotate",), step=flush),
    Variant("encrypted at times", ("Rotate",), {"binlog_encryption": "ON"}, step=toggle("binlog_encryption", "OFF", "ON")),
    Variant("restarted", ("Stop",), step=in_rounds(restart, 1)),
    Variant("killed", ("Xid",), step=in_rounds(kill, 1, 4)),
    Variant(
        "all at once",
        ("Transaction_payload", "Gtid_tagged_log_event", "Rotate"),
        {"binlog_checksum": "NONE", "max_binlog_size": 4096, "binlog_encryption": "ON", "binlog_rows_query_log_events": "ON"},
        sessions=tuple(f"{tag}, {packed[4:]}" for tag in TAGS for packed in COMPRESSED),
        distinct_positions=False,
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def mysql_source(folder) -> Iterator[Database]:
    """A server of this module's own, which is restarted, killed and made to log in every way."""
    (folder / "keyring").mkdir(mode=0o711)
    server = Database("mysql", folder / "mysql-variants", keyring_environment(folder / "keyring"))
    try:
        server.start()
        server.sql("INSTALL PLUGIN rpl_semi_sync_source SONAME 'semisync_source.so'")
        yield server
    finally:
        server.stop()


@pytest.mark.parametrize("variant", MYSQL, ids=lambda variant: variant.name)
def test_mysql_that_logs_in_a_special_way_is_told_exactly(scenario, mysql_source, kafka, seed, variant):
    s = scenario(mysql_source, kafka)
    variants.run(s, variant, seed)
    if variant.variables.get("binlog_encryption") == "ON":
        assert "Yes" in {row[2] for row in mysql_source.sql("SHOW BINARY LOGS")}, "no file was encrypted"


GTID_MODES = ("OFF", "OFF_PERMISSIVE", "ON_PERMISSIVE", "ON")


def set_gtid_mode(server: Database, wanted: str) -> None:
    """The server takes one step at a time, and none while transactions of the other kind are under way."""

    def step_taken() -> bool:
        mode = GTID_MODES.index(server.sql("SELECT @@GLOBAL.gtid_mode")[0][0])
        goal = GTID_MODES.index(wanted)
        if mode != goal:
            try:
                server.sql(f"SET GLOBAL gtid_mode = {GTID_MODES[mode + (1 if goal > mode else -1)]}")
            except pymysql.err.MySQLError as error:
                print(f"gtid_mode: {error}")
        return mode == goal

    poll_until(step_taken, 30, f"gtid_mode {wanted}")


@contextmanager
def gtid_mode(server: Database, mode: str) -> Iterator[None]:
    set_gtid_mode(server, mode)
    try:
        yield
    finally:
        set_gtid_mode(server, "ON")


def test_mysql_without_gtids_is_told_exactly(scenario, mysql_source, kafka, seed):
    bare = Variant("no GTIDs, no checksums", ("Anonymous_Gtid",), {"binlog_checksum": "NONE"}, step=flush, gtids=False)
    with gtid_mode(mysql_source, "OFF"):
        variants.run(scenario(mysql_source, kafka), bare, seed)


@pytest.mark.parametrize(
    "modes",
    [("OFF", "OFF_PERMISSIVE", "ON_PERMISSIVE", "ON"), ("ON", "ON_PERMISSIVE", "OFF_PERMISSIVE", "OFF")],
    ids=["on", "off"],
)
def test_mysql_whose_gtids_are_switched_under_load_is_told_exactly(scenario, mysql_source, kafka, seed, modes):
    """As the manual tells administrators to do it: with the server in use, but no step before all replicas have what
    the next one forbids."""

    def step(s, load, number):
        if 0 < number < len(modes):
            s.catch_up()
            set_gtid_mode(s.server, modes[number])

    with gtid_mode(mysql_source, modes[0]):
        variants.run(
            scenario(mysql_source, kafka),
            Variant(f"GTIDs switched {modes[-1].lower()}", ("Anonymous_Gtid", "Gtid"), step=step, gtids=False),
            seed,
        )


MARIADB = [
    Variant("no checksums", ("Xid",), {"binlog_checksum": "NONE"}),
    Variant(
        "compressed at times",
        ("Write_rows_compressed_v1", "Update_rows_compressed_v1", "Delete_rows_compressed_v1", "Write_rows_v1"),
        {"log_bin_compress": 1, "log_bin_compress_min_len": 10},
        step=toggle("log_bin_compress", 1, 0),
    ),
    Variant("annotated at times", ("Annotate_rows",), sessions=ANNOTATED),
    Variant("domains", ("Gtid",), sessions=tuple(f"SET gtid_domain_id = {domain}" for domain in (0, 1, 7))),
    Variant("skipped by replicas", ("Gtid",), sessions=("SET skip_replication = 1", "SET skip_replication = 0")),
    Variant("small files", ("Rotate",), {"max_binlog_size": 4096}),
    Variant("flushed", ("Rotate",), step=flush),
]  # fmt: skip


# What 11.8 logs in another way than 10.11: it gives events within transactions no positions, and finds GTIDs by an index.
MARIADB118 = [variant for variant in MARIADB if variant.name in ("no checksums", "compressed at times", "small files")]


@pytest.fixture(scope="module", params=["mariadb", "mariadb118"])
def mariadb_source(request, folder) -> Iterator[Database]:
    """The same for each MariaDB."""
    server = Database(request.param, folder / f"{request.param}-variants")
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("mariadb_source", "variant"),
    [("mariadb", variant) for variant in MARIADB] + [("mariadb118", variant) for variant in MARIADB118],
    indirect=["mariadb_source"],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_mariadb_that_logs_in_a_special_way_is_told_exactly(scenario, mariadb_source, kafka, seed, variant):
    variants.run(scenario(mariadb_source, kafka), variant, seed)


@pytest.mark.parametrize("end", [restart, kill], ids=["restarted", "killed"])
def test_mariadb_that_encrypts_its_binlog_at_times_is_told_exactly(scenario, mariadb_source, kafka, seed, folder, end):
    keys = folder / f"{mariadb_source.name}.keys"
    keys.write_text("1;770A8A65DA156D24EE2A093277530142770A8A65DA156D24EE2A093277530142\n")
    encrypted = (
        "--plugin-load-add=file_key_management",
        f"--file-key-management-filename={keys}",
        "--encrypt-binlog=ON",
    )
    # Without the keys the server could not read its older files.
    options = (encrypted, (*encrypted[:-1], "--encrypt-binlog=OFF"))

    def step(s, load, number):
        if number in (1, 4):
            end(s, options[number // 4])

    variants.run(
        scenario(mariadb_source, kafka), Variant("encrypted at times", ("Start_encryption", "Xid"), step=step), seed
    )


def run_semi_sync(s, seed, kind: str) -> None:
    """A semi-sync source waits for the word of a replica and then, after its time-out, goes on without. We are none:
    nothing hangs and nothing breaks."""
    unconfirmed = f"SHOW STATUS LIKE 'Rpl_semi_sync_{kind}_no_tx'"
    before = int(s.server.sql(unconfirmed)[0][1])
    settings = {f"rpl_semi_sync_{kind}_timeout": 200, f"rpl_semi_sync_{kind}_enabled": 1}
    variants.run(s, Variant("semi-sync", ("Xid",), settings), seed)
    assert int(s.server.sql(unconfirmed)[0][1]) > before, "no commit was a semi-sync one"


def test_semi_sync_mysql_is_told_exactly(scenario, mysql_source, kafka, seed):
    run_semi_sync(scenario(mysql_source, kafka), seed, "source")


def test_semi_sync_mariadb_is_told_exactly(scenario, mariadb_source, kafka, seed):
    run_semi_sync(scenario(mariadb_source, kafka), seed, "master")
