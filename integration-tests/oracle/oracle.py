#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Reads topics read_committed and says whether they tell exactly what happened to the captured tables: the same
rows and values as the server's own SELECT, every change once and in order. Complaints come one a line; the last
line says how it ended. Exit code 0: they agree; 1: they do not; 2: it could not be found out."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import pymysql
from confluent_kafka import KafkaException

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from oracle import server_tables  # noqa: E402
from oracle.kafka_reader import Unfinished  # noqa: E402
from oracle.verdict import Question, judge  # noqa: E402


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bootstrap", required=True, metavar="HOST:PORT", help="a Kafka broker")
    parser.add_argument("--server", required=True, metavar="HOST:PORT", help="the MySQL or MariaDB server")
    parser.add_argument("--user", default="root")
    parser.add_argument("--prefix", required=True, help="the connector's topic.prefix")
    parser.add_argument("--changes", type=int, help="how many changes were committed")
    parser.add_argument("--cuts", action="store_true", help="a transaction may be visible in parts")
    parser.add_argument(
        "--compressed", action="store_true", help="the source compresses its transactions: positions repeat"
    )
    parser.add_argument("--offsets-topic", help="check the source offsets there, too (with --connector)")
    parser.add_argument("--connector", help="name of the connector")
    parser.add_argument("tables", nargs="+", metavar="DATABASE[.TABLE]")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    host, _, port = args.server.rpartition(":")
    password = os.environ.get("MYSQL_PWD", "")
    try:
        connection = server_tables.connect(host, int(port), args.user, password)
        tables = []
        for name in args.tables:
            database, _, table = name.partition(".")
            names = [table] if table else server_tables.tables_of(connection, database)
            tables += [f"{database}.{each}" for each in names]
        question = Question(
            args.bootstrap,
            args.prefix,
            tables,
            changes=args.changes,
            cuts_allowed=args.cuts,
            distinct_positions=not args.compressed,
            offsets_topic=args.offsets_topic,
            connector=args.connector,
        )
        verdict = judge(question, connection)
    except (KafkaException, Unfinished, pymysql.Error, OSError) as error:
        print(f"oracle: could not find out: {error}", file=sys.stderr)
        return 2
    if not verdict.agrees:
        print(verdict.complaints)
    print(verdict)
    return 0 if verdict.agrees else 1


if __name__ == "__main__":
    sys.exit(main())
