# SPDX-License-Identifier: Apache-2.0
"""The files of config/ start as they are, once their address and user are edited as their comments say."""

from __future__ import annotations

from pathlib import Path

from oracle import kafka_reader
from oracle.records import key_fields
from support.rowmill import ExitCode, Worker, run
from support.waiting import poll_until

CONFIG = Path(__file__).resolve().parents[2] / "config"


class ExampleWorker(Worker):
    """Runs two files that are there already."""

    def __init__(self, folder: Path, files: tuple[Path, Path]) -> None:
        super().__init__(folder, {}, {})
        self._files = files

    @property
    def files(self) -> tuple[Path, Path]:
        return self._files


def edited(folder: Path, name: str, changes: dict[str, object]) -> Path:
    """The example with the lines of these keys replaced; each key must be there once."""
    lines = (CONFIG / name).read_text().splitlines()
    for key, value in changes.items():
        found = [i for i, line in enumerate(lines) if line.startswith(f"{key}=")]
        assert len(found) == 1, key
        lines[found[0]] = f"{key}={value}"
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return path


def test_examples_start_and_write_records(scenario, mysql, kafka, monkeypatch):
    s = scenario(mysql, kafka)
    s.create("items (id INT PRIMARY KEY)")
    s.folder.mkdir(parents=True, exist_ok=True)
    files = (
        edited(s.folder, "worker.properties", {"bootstrap.servers": kafka.bootstrap}),
        edited(
            s.folder,
            "orders.properties",
            {
                "database.hostname": mysql.host,
                "database.port": mysql.port,
                "database.user": mysql.env["USER"],
                "topic.prefix": s.name,
            },
        ),
    )
    monkeypatch.setenv("DATABASE_PASSWORD", mysql.env["PASSWORD"])
    checked = run("check", *files)
    assert checked.returncode == ExitCode.SUCCESS, checked.stdout

    worker = ExampleWorker(s.folder / "example", files).start()
    try:
        worker.wait_until_logged("reading the binlog")
        s.sql("INSERT INTO items VALUES (7)")
        poll_until(lambda: s.records("items"), 30, "a record", check=worker.check)
        assert [key_fields(record.key) for record in s.records("items")] == [{"id": 7}]
        assert worker.stop() == ExitCode.SUCCESS
    finally:
        worker.kill()
    assert "connect-offsets" in kafka_reader.partition_counts(kafka.bootstrap)
