#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Shows Rowmill's whole job on real servers: MySQL and Kafka are started, a small shop is created and changed, the
worker is killed in the midst of its work and started again, and in the end the topics are compared with the tables.
Exit code 0 only if they are equal."""

from __future__ import annotations

import shutil
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from demo import shop  # noqa: E402
from demo.show import line  # noqa: E402
from oracle import kafka_reader, server_tables  # noqa: E402
from oracle.records import OLD_KEY, Record, key_fields  # noqa: E402
from oracle.verdict import Question, judge  # noqa: E402
from support.rowmill import BINARY, Worker, connector_settings, worker_settings  # noqa: E402
from support.servers import Database, Kafka, make_folder  # noqa: E402
from support.waiting import poll_until  # noqa: E402

_BEGIN = time.monotonic()


def say(text: str) -> None:
    print(f"{time.monotonic() - _BEGIN:5.1f} s  {text}", flush=True)


class Demo:
    def __init__(self, folder: Path) -> None:
        self.mysql = Database("mysql", folder / "mysql")
        self.kafka = Kafka(folder / "kafka")
        self.folder = folder
        self.changes = 0
        self.worker: Worker | None = None

    def run(self) -> bool:
        say("starting MySQL and Kafka (the first time they are fetched)")
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda server: server.start(), (self.mysql, self.kafka)))
        say(f"MySQL {self.mysql.env['VERSION']} and Kafka {self.kafka.env['VERSION']} are up")
        self.mysql.sql(*shop.SCHEMA)
        self.start_worker()
        self.change(shop.BEFORE_THE_KILL)
        self.wait_for(self.changes)
        self.kill_midway()
        self.change(shop.WHILE_IT_IS_DOWN)
        say("starting the worker again")
        self.worker.start()
        self.change(shop.AFTERWARDS)
        self.wait_for(self.changes)
        self.show_records()
        return self.compare()

    def start_worker(self) -> None:
        settings = connector_settings(self.mysql, "demo", r"shop\..*")
        # Small tables, one partition: what is printed is then in the order of the changes.
        settings["topic.creation.default.partitions"] = 1
        settings["topic.prefix"] = "demo"
        self.worker = Worker(self.folder / "worker", worker_settings(self.kafka.bootstrap, "demo"), settings)
        say(f"rowmill run worker.properties connector.properties   (in {self.worker.folder})")
        self.worker.start()
        self.worker.wait_until_logged("reading the binlog")

    def change(self, steps: tuple[shop.Step, ...]) -> None:
        for step in steps:
            say(f"SQL: {step.title}")
            self.mysql.sql(f"USE {shop.DATABASE}", *step.statements)
            self.changes += step.changes

    def kill_midway(self) -> None:
        say(f"SQL: {shop.BULK_ROWS} rows in {shop.BULK_STATEMENTS} transactions, and kill -9 of the worker midway")
        before = self.records()
        connection = self.mysql.connect(database=shop.DATABASE)
        with connection.cursor() as cursor:
            for number in range(shop.BULK_STATEMENTS):
                cursor.execute(shop.bulk(number))
                if number == shop.BULK_STATEMENTS // 2:
                    self.worker.kill()
        connection.close()
        self.changes += shop.BULK_ROWS
        say(f"the worker is dead; {self.records() - before} of {shop.BULK_ROWS} are in Kafka")

    def partitions(self) -> dict[str, int]:
        found = kafka_reader.partition_counts(self.kafka.bootstrap, prefix="demo.")
        return {topic: count for topic, count in found.items() if not topic.startswith("demo.schema-history")}

    def records(self) -> int:
        """How many a read_committed reader sees at this moment."""
        return sum(1 for _ in self.committed())

    def committed(self) -> list[Record]:
        """Up to the last stable offset: a killed worker's transaction is open until the next one fences it."""
        partitions = self.partitions()
        ends = kafka_reader.ends(self.kafka.bootstrap, partitions, "read_committed")
        return list(kafka_reader.read_committed(self.kafka.bootstrap, partitions, limits=ends))

    def wait_for(self, changes: int) -> None:
        def seen() -> bool:
            # Key changes are two records, and tombstones do not count.
            told = [record for record in self.committed() if record.value is not None]
            return len(told) - sum(1 for record in told if record.header(OLD_KEY)) >= changes

        poll_until(seen, 60, f"{changes} changes in Kafka", check=self.worker.check, interval=0.2)

    def show_records(self) -> None:
        say("the records, as a consumer sees them:")
        hidden = 0
        for record in sorted(self.committed(), key=lambda record: (record.topic, record.offset)):
            if _is_bulk(record):
                hidden += 1
            else:
                print(line(record))
        print(f"  {'shop.orders':<15} and {hidden} more creates of the bulk")

    def compare(self) -> bool:
        connection = server_tables.connect(self.mysql.host, self.mysql.port, "root", "")
        tables = [f"{shop.DATABASE}.{table}" for table in server_tables.tables_of(connection, shop.DATABASE)]
        question = Question(
            self.kafka.bootstrap,
            "demo",
            tables,
            changes=self.changes,
            offsets_topic=str(self.worker.worker["offset.storage.topic"]),
            connector="demo",
        )
        verdict = judge(question, connection)
        connection.close()
        if not verdict.agrees:
            print(verdict.complaints)
            say(f"NOT EQUAL: {verdict}")
            return False
        say(f"EQUAL: {verdict.changes} changes, each in Kafka exactly once; all {verdict.rows} rows are those of MySQL")
        return True

    def stop(self) -> None:
        if self.worker:
            self.worker.kill()
        for server in (self.kafka, self.mysql):
            server.stop()


def _is_bulk(record: Record) -> bool:
    identity = key_fields(record.key)["id"]
    return shop.FIRST_BULK_ID <= identity < shop.FIRST_BULK_ID + shop.BULK_ROWS


def main() -> int:
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    if not BINARY.exists():
        print(f"demo: {BINARY} is not built: run `make build`", file=sys.stderr)
        return 2
    folder = make_folder()
    demo = Demo(folder)
    equal = False
    try:
        equal = demo.run()
    except KeyboardInterrupt:
        return 130
    except (AssertionError, RuntimeError) as error:
        say(f"FAILED: {error}")
    finally:
        demo.stop()
        if equal:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            print(f"logs and data are in {folder}")
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
