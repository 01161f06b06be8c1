# SPDX-License-Identifier: Apache-2.0
"""Settings and brokers that are not as they should be: clear errors, and nothing lost once that is mended."""

from __future__ import annotations

import os

import pytest
from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic

from support.rowmill import ExitCode

ITEMS = "items (id INT PRIMARY KEY, body LONGTEXT)"


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("topic.prefixx", "shop", "topic.prefix"),
        ("table.includes.list", "shop", "table.include.list"),
        ("database.port", "many", "database.port"),
        ("database.port", "70000", "65535"),
        ("database.ssl.mode", "perhaps", "verify_identity"),
        ("snapshot.mode", "initial", "no_data"),
        ("table.include.list", "shop.(", "table.include.list"),
        ("start.position", "yesterday", "earliest"),
        ("topic.prefix", None, "topic.prefix"),
        ("value.converter", "io.confluent.connect.avro.AvroConverter", "JSON is the only encoding"),
    ],
)
def test_bad_setting_of_a_connector_is_refused(scenario, mysql, kafka, setting, value, told):
    s = scenario(mysql, kafka)
    s.worker.connector[setting] = value
    s.worker.start().expect_end(ExitCode.CONFIG, "connector.properties", setting, told, seconds=10)


def test_all_bad_settings_are_told_at_once_with_their_lines(scenario, mysql, kafka):
    s = scenario(mysql, kafka)
    s.worker.worker["bootstrap.server"] = "x"
    s.worker.connector |= {"database.port": "none", "tombstones.on.delete": "perhaps"}
    lines = list(s.worker.connector)
    s.worker.start().expect_end(
        ExitCode.CONFIG,
        "bootstrap.servers",
        f"connector.properties:{lines.index('database.port') + 1}: ",
        f"connector.properties:{lines.index('tombstones.on.delete') + 1}: ",
        seconds=10,
    )


def test_unknown_topic_without_creation(scenario, mysql, kafka):
    s = scenario(mysql, kafka)
    s.create(ITEMS)
    # As in Kafka Connect this is about the topics of tables: the worker's own are created all the same.
    s.worker.worker["topic.creation.enable"] = False
    s.start_streaming()
    s.sql("INSERT INTO items VALUES (1, 'x')")
    s.worker.expect_end(ExitCode.CONFIG, s.topic("items"), "does not exist", "topic.creation.enable")
    admin = AdminClient({"bootstrap.servers": kafka.bootstrap})
    for future in admin.create_topics([NewTopic(s.topic("items"), 2, 1)]).values():
        future.result()
    s.worker.start()
    s.sql("INSERT INTO items VALUES (2, 'x')")
    s.wait_for_changes(2)
    s.judge(2)


def test_kafka_down_at_the_start_is_waited_for(scenario, mysql, kafka):
    s = scenario(mysql, kafka)
    s.create(ITEMS)
    s.start_streaming()
    assert s.worker.stop() == ExitCode.SUCCESS
    s.sql("INSERT INTO items VALUES (1, 'x')")
    kafka.stop()
    try:
        s.worker.start()
        s.worker.wait_until_logged("trying again", 120)
        assert s.worker.logged(kafka.bootstrap), "the log does not say which broker"
    finally:
        kafka.start()
    s.wait_for_changes(1)
    s.judge(1)


def test_message_too_large(scenario, mysql, kafka):
    s = scenario(mysql, kafka)
    s.create(ITEMS)
    s.start_streaming()
    s.sql("INSERT INTO items VALUES (1, 'small')")
    s.wait_for_changes(1)
    # Nothing that compression could make small.
    s.sql(f"INSERT INTO items VALUES (2, '{os.urandom(1_200_000).hex()}')")
    s.worker.expect_end(ExitCode.CONFIG, s.topic("items"), "max.request.size", "max.message.bytes")
    # Half of the remedy: now the broker refuses it.
    s.worker.worker["producer.max.request.size"] = 5_000_000
    s.worker.start().expect_end(ExitCode.CONFIG, s.topic("items"), "max.message.bytes")
    resource = ConfigResource("topic", s.topic("items"), {"max.message.bytes": "5000000"})
    admin = AdminClient({"bootstrap.servers": kafka.bootstrap})
    for future in admin.alter_configs([resource]).values():
        future.result()
    s.worker.start()
    s.sql("INSERT INTO items VALUES (3, 'small')")
    s.wait_for_changes(3)
    s.judge(3)
