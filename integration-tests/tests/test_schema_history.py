# SPDX-License-Identifier: Apache-2.0
"""The schema history in Kafka: definitions as of the source offset, whatever becomes of offset and topics."""

from __future__ import annotations

import json
import subprocess

import pytest
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic

from oracle import kafka_reader
from oracle.records import Record
from support.rowmill import STREAMS, ExitCode
from support.servers import SCRIPTS
from support.variants import variables_set
from support.waiting import poll_until

TABLE = "t (id INT PRIMARY KEY, a INT, b INT)"


BOTH = pytest.mark.parametrize("running", ["mysql", "mariadb"], indirect=True)


@pytest.fixture
def running(request, scenario, kafka):
    """A connector whose source logs no names, with one partition, that has told of row 1. What only Kafka
    decides is tried with one server."""
    server = request.getfixturevalue(getattr(request, "param", "mariadb"))
    with variables_set(server, {"binlog_row_metadata": "MINIMAL"}):
        s = scenario(server, kafka)
        s.create(TABLE)
        s.worker.connector["topic.creation.default.partitions"] = 1
        s.start_streaming()
        s.sql("INSERT INTO t VALUES (1, 10, 100)")
        s.wait_for_changes(1)
        yield s


def history_topics(s) -> list[str]:
    """Definitions in force, and what changes replaced."""
    return [f"{s.name}.schema-history", f"{s.name}.schema-history-past"]


def rows(s, table: str = "t") -> list[dict]:
    return [change["after"] for change in s.changes(table)]


def admin(s) -> AdminClient:
    return AdminClient({"bootstrap.servers": s.kafka.bootstrap})


def tool(s, name: str, *arguments: str) -> str:
    """One of Kafka's own."""
    command = [str(SCRIPTS / "kafka.sh"), "tool", f"org.apache.kafka.tools.{name}"]
    where = ["--bootstrap-server", s.kafka.bootstrap]
    return subprocess.run([*command, *where, *arguments], check=True, capture_output=True, text=True).stdout


def read(s, topic: str) -> list[Record]:
    partitions = kafka_reader.partition_counts(s.kafka.bootstrap, [topic])
    limits = kafka_reader.ends(s.kafka.bootstrap, partitions, "read_committed")
    return list(kafka_reader.read_committed(s.kafka.bootstrap, partitions, limits=limits))


def set_policy(s, topic: str, policy: str) -> None:
    client = admin(s)
    resource = ConfigResource(ConfigResource.Type.TOPIC, topic, set_config={"cleanup.policy": policy})
    client.alter_configs([resource])[resource].result(30)


def create_plain_topic(s, topic: str) -> None:
    client = admin(s)
    client.create_topics([NewTopic(topic, 1, 1, config={"cleanup.policy": "delete"})])[topic].result(30)


def delete_history(s) -> None:
    client = admin(s)
    for done in client.delete_topics(history_topics(s)).values():
        done.result(30)
    poll_until(
        lambda: not kafka_reader.partition_counts(s.kafka.bootstrap, history_topics(s)), 30, "no history topics"
    )


@BOTH
@pytest.mark.parametrize("place", ["file", "gtid"])
def test_older_offset_has_the_definitions_of_then(running, place):
    s = running
    file, position, gtids = s.server.position()
    s.sql("INSERT INTO t VALUES (2, 20, 200)")
    # Other names for the same types: only the history can know them.
    s.sql("ALTER TABLE t RENAME COLUMN a TO x, RENAME COLUMN b TO a")
    s.sql("INSERT INTO t VALUES (3, 30, 300)")
    s.sql("CREATE TABLE u (id INT PRIMARY KEY, c INT)", "INSERT INTO u VALUES (1, 1)", "DROP TABLE u")
    s.sql("RENAME TABLE t TO v", "CREATE TABLE t (id INT PRIMARY KEY, m INT, n INT)")
    s.sql("INSERT INTO t VALUES (4, 40, 400)", "INSERT INTO v VALUES (5, 50, 500)")
    s.wait_for_changes(6)
    first = [rows(s, table) for table in ("t", "u", "v")]
    assert first == [
        [
            {"id": 1, "a": 10, "b": 100},
            {"id": 2, "a": 20, "b": 200},
            {"id": 3, "x": 30, "a": 300},
            {"id": 4, "m": 40, "n": 400},
        ],
        [{"id": 1, "c": 1}],
        [{"id": 5, "x": 50, "a": 500}],
    ]
    assert s.worker.stop() == ExitCode.SUCCESS
    done = s.worker.offsets("set", "--to", f"{file}:{position}" if place == "file" else gtids)
    assert done.returncode == ExitCode.SUCCESS, done.stdout

    s.worker.start()
    s.wait_for_changes(6 + 5)
    assert s.worker.logged("the schema history was taken back") == 1
    assert s.worker.stop() == ExitCode.SUCCESS
    again = [rows(s, table) for table in ("t", "u", "v")]
    assert again == [first[0] + first[0][1:], first[1] * 2, first[2] * 2]

    s.worker.start()
    s.sql("INSERT INTO t VALUES (6, 60, 600)")
    s.wait_for_changes(6 + 5 + 1)
    assert rows(s)[-1] == {"id": 6, "m": 60, "n": 600}
    assert s.worker.logged("the schema history was taken back") == 0


def test_step_back_that_is_killed_starts_from_there_again(running):
    s = running
    file, position, _ = s.server.position()
    for number in range(5):
        s.sql("ALTER TABLE t RENAME COLUMN a TO b, RENAME COLUMN b TO a", f"INSERT INTO t VALUES ({10 + number}, 1, 2)")
    s.wait_for_changes(6)
    told = rows(s)[1:]
    assert s.worker.stop() == ExitCode.SUCCESS
    assert s.worker.offsets("set", "--to", f"{file}:{position}").returncode == ExitCode.SUCCESS
    for _ in range(3):
        s.start_streaming()
        s.worker.kill()
    s.worker.start()
    s.sql("INSERT INTO t VALUES (99, 1, 2)")
    s.wait_for_key("t", {"id": 99})
    replayed = rows(s)[6:-1]
    assert replayed == told


@BOTH
def test_reset_offset_forgets_the_definitions(running):
    s = running
    assert s.worker.stop() == ExitCode.SUCCESS
    assert s.worker.offsets("reset").returncode == ExitCode.SUCCESS
    # The worker never reads these.
    s.sql("ALTER TABLE t RENAME COLUMN a TO x", "CREATE TABLE gone (id INT)", "DROP TABLE gone")
    s.start_streaming()
    s.sql("INSERT INTO t VALUES (2, 20, 200)")
    s.wait_for_changes(2)
    assert rows(s)[-1] == {"id": 2, "x": 20, "b": 200}
    assert s.worker.logged("no schema history") == 0


def test_deleted_topics_are_read_from_the_catalog(running):
    s = running
    assert s.worker.stop() == ExitCode.SUCCESS
    delete_history(s)
    s.worker.start().wait_until_logged("no schema history though there is a source offset")
    s.worker.wait_until_logged(STREAMS)
    s.sql("INSERT INTO t VALUES (2, 20, 200)", "ALTER TABLE t RENAME COLUMN a TO x")
    s.sql("INSERT INTO t VALUES (3, 30, 300)")
    s.wait_for_changes(3)
    assert rows(s)[1:] == [{"id": 2, "a": 20, "b": 200}, {"id": 3, "x": 30, "b": 300}]
    assert set(kafka_reader.partition_counts(s.kafka.bootstrap, history_topics(s))) == set(history_topics(s))


def test_topics_deleted_while_the_worker_runs_are_made_anew(running):
    s = running
    assert s.worker.stop() == ExitCode.SUCCESS
    # Records for a topic that is gone are given up after this time.
    s.worker.connector |= {"producer.override.transaction.timeout.ms": 5000, "transaction.cut.ms": 4000}
    s.worker.start().wait_until_logged(STREAMS)
    delete_history(s)
    s.sql("ALTER TABLE t RENAME COLUMN a TO x", "INSERT INTO t VALUES (2, 20, 200)")
    s.wait_for_changes(2)
    assert rows(s)[-1] == {"id": 2, "x": 20, "b": 200}


def test_cut_topic_is_told_and_nothing_lost(running, tmp_path):
    s = running
    s.sql("CREATE TABLE u (id INT PRIMARY KEY, c INT)", "INSERT INTO u VALUES (1, 1)")
    s.wait_for_changes(2)
    assert s.worker.stop() == ExitCode.SUCCESS
    topic = history_topics(s)[0]
    # What is left is the last definition, that of u, and the head.
    last = [record.offset for record in read(s, topic) if json.loads(record.key).get("table") == "u"][-1]
    request = {"partitions": [{"topic": topic, "partition": 0, "offset": last}], "version": 1}
    (tmp_path / "cut.json").write_text(json.dumps(request))
    # Brokers keep the records of a compacted topic.
    set_policy(s, topic, "delete")
    tool(s, "DeleteRecordsCommand", "--offset-json-file", str(tmp_path / "cut.json"))
    set_policy(s, topic, "compact")
    assert min(record.offset for record in read(s, topic)) == last
    s.worker.start()
    s.sql("INSERT INTO t VALUES (2, 20, 200)", "INSERT INTO u VALUES (2, 2)")
    s.wait_for_changes(4)
    assert (rows(s)[-1], rows(s, "u")[-1]) == ({"id": 2, "a": 20, "b": 200}, {"id": 2, "c": 2})
    assert s.worker.logged("the schema history is not whole") == 1


def test_topic_of_another_program_stops_the_task(running):
    s = running
    assert s.worker.stop() == ExitCode.SUCCESS
    topic = f"{s.name}-debezium-history"
    s.worker.connector["schema.history.internal.kafka.topic"] = topic
    create_plain_topic(s, topic)
    producer = Producer({"bootstrap.servers": s.kafka.bootstrap})
    producer.produce(topic, json.dumps({"source": {"server": "shop"}, "position": {}, "ddl": "DROP TABLE t"}))
    producer.flush(30)
    s.worker.start().expect_end(
        ExitCode.CONFIG,
        f"topic {topic} partition 0 offset 0",
        "Name a topic of its own in schema.history.internal.kafka.topic",
    )


def test_topic_that_would_lose_definitions_stops_the_task(running):
    s = running
    assert s.worker.stop() == ExitCode.SUCCESS
    topic = f"{s.name}-history"
    s.worker.connector["schema.history.internal.kafka.topic"] = topic
    create_plain_topic(s, topic)
    s.worker.start().expect_end(
        ExitCode.CONFIG, f"topic {topic} has cleanup.policy=delete", "needs compact", "kafka-configs.sh"
    )


def test_damaged_record_names_its_place_and_the_way_out(running):
    s = running
    assert s.worker.stop() == ExitCode.SUCCESS
    topic = history_topics(s)[0]
    key = next(record.key for record in read(s, topic) if json.loads(record.key).get("table") == "t")
    producer = Producer({"bootstrap.servers": s.kafka.bootstrap})
    producer.produce(topic, b'{"v":1,"at":{"file"', key)
    producer.flush(30)
    s.worker.start().expect_end(
        ExitCode.FAILED, f"topic {topic} partition 0 offset", f"{s.name}.t", "Delete both topics"
    )
    delete_history(s)
    s.worker.start()
    s.sql("INSERT INTO t VALUES (2, 20, 200)")
    s.wait_for_changes(2)


def test_topics_are_made_for_their_purpose(running):
    s = running
    wanted = (
        {"cleanup.policy": "compact", "segment.bytes": str(4 << 20), "delete.retention.ms": "60000"},
        {"cleanup.policy": "delete", "retention.ms": str(7 * 24 * 3600 * 1000)},
    )
    client = admin(s)
    for topic, configs in zip(history_topics(s), wanted, strict=True):
        resource = ConfigResource(ConfigResource.Type.TOPIC, topic)
        found = client.describe_configs([resource])[resource].result(30)
        assert {name: found[name].value for name in configs} == configs
        assert kafka_reader.partition_counts(s.kafka.bootstrap, [topic]) == {topic: 1}


def test_consumers_are_told_of_schema_changes(scenario, mysql, kafka):
    s = scenario(mysql, kafka)
    s.create(TABLE)
    s.worker.connector |= {"include.schema.changes": True, "topic.creation.default.partitions": 3}
    s.start_streaming()
    statements = ("ALTER TABLE t ADD c VARCHAR(20)", "RENAME TABLE t TO v", "DROP TABLE v")
    s.sql(*statements)

    def told() -> list[tuple[Record, dict]]:
        return [(record, json.loads(record.value)) for record in read(s, s.name)]

    poll_until(lambda: len(told()) >= 4, 60, "schema changes", check=s.worker.check)
    changes = [change for _, change in told()]
    key = f'{{"databaseName":"{s.name}"}}'.encode()
    assert {(record.partition, record.key) for record, _ in told()} == {(0, key)}
    initial = [change for change in changes if change["ddl"] is None and change["tableChanges"]]
    assert [change["tableChanges"][0]["type"] for change in initial] == ["CREATE"]
    logged = [change for change in changes if change["ddl"] is not None]
    assert [change["ddl"].removesuffix(" /* generated by server */") for change in logged] == [
        *statements[:2],
        "DROP TABLE `v`",
    ]
    kinds = [(each["type"], each["id"]) for change in logged for each in change["tableChanges"]]
    t, v = (f'"{s.name}"."{name}"' for name in "tv")
    assert kinds == [("ALTER", t), ("ALTER", f"{t},{v}"), ("DROP", v)]
    columns = logged[0]["tableChanges"][0]["table"]["columns"]
    assert [(column["name"], column["typeName"], column["length"]) for column in columns] == [
        ("id", "INT", None),
        ("a", "INT", None),
        ("b", "INT", None),
        ("c", "VARCHAR", 20),
    ]
