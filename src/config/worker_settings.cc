// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <limits>

#include "config/checks.h"
#include "config/definitions.h"

namespace rowmill::config {
namespace {

using Row = Setting<WorkerConfig>;
using W = WorkerConfig;

/// Java's int, which Kafka's own durations and counts are.
constexpr int64_t kMaxInt = std::numeric_limits<int32_t>::max();

constexpr std::string_view kConverterRemedy =
    "JSON is the only encoding so far: Avro, Protobuf and others are not supported yet.";
constexpr std::string_view kConverterClasses = "json, org.apache.kafka.connect.json.JsonConverter";
constexpr std::string_view kNoRest = "There is no REST interface in this version.";
constexpr std::string_view kNoGroup = "Workers do not form a group in this version.";
constexpr std::string_view kNoClassPath = "Rowmill loads no classes.";
constexpr std::string_view kClientSecurity =
    "Rowmill has only the clients of its connectors: write producer.KEY, consumer.KEY and "
    "admin.KEY.";

constexpr auto kSettings = std::to_array<Row>({
    {.key = "bootstrap.servers",
     .group = "Kafka",
     .member = &W::bootstrap_servers,
     .default_text = "localhost:9092",
     .rule = {.check = check_bootstrap_servers},
     .doc = "Brokers to ask first, host:port with commas."},
    {.key = "group.id",
     .group = "Kafka",
     .member = &W::group_id,
     .default_text = "rowmill",
     .rule = {.check = check_name},
     .doc = "Name of this deployment. A connector's `transactional.id` is `GROUP-CONNECTOR-0`, so "
            "two deployments on one Kafka must differ here."},
    {.key = "producer.*",
     .group = "Kafka",
     .member = &W::producer,
     .default_note = "none",
     .doc = "Handed to every connector's producer under the name without `producer.`."},
    {.key = "consumer.*",
     .group = "Kafka",
     .member = &W::consumer,
     .default_note = "none",
     .doc = "The same for the consumer that reads source offsets."},
    {.key = "admin.*",
     .group = "Kafka",
     .member = &W::admin,
     .default_note = "none",
     .doc = "The same for the client that creates topics."},
    {.key = "task.shutdown.graceful.timeout.ms",
     .group = "Kafka",
     .member = &W::task_shutdown_graceful_timeout,
     .default_text = "5000",
     .rule = {.min = 0, .max = kMaxInt},
     .doc = "How long a stopping worker waits for its open Kafka transactions to end."},

    {.key = "offset.storage.topic",
     .group = "Source offsets",
     .member = &W::offset_storage_topic,
     .default_text = "connect-offsets",
     .rule = {.check = check_topic},
     .doc = "Compacted topic with the source offsets, in Kafka Connect's layout. Created when "
            "missing."},
    {.key = "offset.storage.partitions",
     .group = "Source offsets",
     .member = &W::offset_storage_partitions,
     .default_text = "25",
     .rule = {.min = 1, .max = kMaxInt},
     .doc = "Partitions of that topic when it is created."},
    {.key = "offset.storage.replication.factor",
     .group = "Source offsets",
     .member = &W::offset_storage_replication_factor,
     .default_text = "-1",
     .rule = {.min = -1, .max = 32767, .check = check_replication_factor},
     .doc = "Replicas of that topic when it is created; -1 is the broker's default. Kafka "
            "Connect's default is 3."},
    {.key = "offset.flush.interval.ms",
     .group = "Source offsets",
     .member = &W::offset_flush_interval,
     .default_text = "10000",
     .rule = {.min = 1, .max = kMaxInt},
     .doc = "While captured tables are quiet but the binlog grows, the source offset is committed "
            "this often. With records it is part of every Kafka transaction."},

    {.key = "topic.creation.enable",
     .group = "Records",
     .member = &W::topic_creation_enable,
     .default_text = "true",
     .doc = "Create the topics of captured tables when they are missing, as "
            "`topic.creation.default.*` of the connector says."},
    {.key = "key.converter",
     .group = "Records",
     .member = Checked{},
     .default_text = "json",
     .rule = {.allowed = kConverterClasses},
     .doc = "Encoding of record keys.",
     .remedy = kConverterRemedy},
    {.key = "key.converter.schemas.enable",
     .group = "Records",
     .member = &W::key_schemas_enable,
     .default_text = "false",
     .doc = "Put the schema beside every key. Kafka Connect's default is true."},
    {.key = "value.converter",
     .group = "Records",
     .member = Checked{},
     .default_text = "json",
     .rule = {.allowed = kConverterClasses},
     .doc = "Encoding of record values.",
     .remedy = kConverterRemedy},
    {.key = "value.converter.schemas.enable",
     .group = "Records",
     .member = &W::value_schemas_enable,
     .default_text = "false",
     .doc = "Put the schema beside every value. Kafka Connect's default is true."},

    {.key = "log.level",
     .group = "Worker",
     .member = &W::log_level,
     .default_text = "info",
     .doc = "Least severe level that is logged."},
    {.key = "config.providers",
     .group = "Worker",
     .member = Checked{},
     .default_text = "file, env, dir",
     .rule = {.check = check_config_providers},
     .doc = "Sources of `${file:path:key}`, `${env:NAME}` and `${dir:path:file}`; all three are "
            "always on, under these names.",
     .remedy = "Rename the provider in the list and in the placeholders."},

    {.key = "config.providers.*",
     .member = Ignored{},
     .doc = "The providers need no class and take no parameters, so they restrict no paths or "
            "names."},
    {.key = "producer.transactional.id",
     .member = Ignored{},
     .doc = "It is always group.id, the connector's name and 0, joined by '-'."},
    {.key = "exactly.once.source.support",
     .member = Ignored{},
     .doc = "Rowmill always delivers exactly once."},
    {.key = "offset.storage.file.filename",
     .member = Ignored{},
     .doc = "Source offsets are always in offset.storage.topic."},
    {.key = "offset.flush.timeout.ms",
     .member = Ignored{},
     .doc = "Source offsets are part of the Kafka transaction."},
    {.key = "config.storage.*",
     .member = Ignored{},
     .doc = "Connectors come from the files on the command line."},
    {.key = "status.storage.*", .member = Ignored{}, .doc = "There is no status topic."},
    {.key = "header.converter", .member = Ignored{}, .doc = "Headers are always plain text."},
    {.key = "connector.client.config.override.policy",
     .member = Ignored{},
     .doc = "Connectors may always set producer.override.*."},
    {.key = "plugin.path", .member = Ignored{}, .doc = kNoClassPath},
    {.key = "plugin.discovery", .member = Ignored{}, .doc = kNoClassPath},
    {.key = "listeners", .member = Ignored{}, .doc = kNoRest},
    {.key = "listeners.*", .member = Ignored{}, .doc = kNoRest},
    {.key = "rest.*", .member = Ignored{}, .doc = kNoRest},
    {.key = "admin.listeners", .member = Ignored{}, .doc = kNoRest},
    {.key = "access.control.*", .member = Ignored{}, .doc = kNoRest},
    {.key = "response.http.headers.config", .member = Ignored{}, .doc = kNoRest},
    {.key = "topic.tracking.*", .member = Ignored{}, .doc = kNoRest},
    {.key = "metric.reporters", .member = Ignored{}, .doc = kNoClassPath},
    {.key = "metrics.*", .member = Ignored{}, .doc = "Kafka's JMX metrics do not exist here."},
    {.key = "session.timeout.ms", .member = Ignored{}, .doc = kNoGroup},
    {.key = "heartbeat.interval.ms", .member = Ignored{}, .doc = kNoGroup},
    {.key = "rebalance.timeout.ms", .member = Ignored{}, .doc = kNoGroup},
    {.key = "scheduled.rebalance.max.delay.ms", .member = Ignored{}, .doc = kNoGroup},
    {.key = "worker.sync.timeout.ms", .member = Ignored{}, .doc = kNoGroup},
    {.key = "worker.unsync.backoff.ms", .member = Ignored{}, .doc = kNoGroup},
    {.key = "connect.protocol", .member = Ignored{}, .doc = kNoGroup},
    {.key = "inter.worker.*", .member = Ignored{}, .doc = kNoGroup},

    {.key = "zookeeper.connect",
     .member = Refused{},
     .doc = "Several workers with a leader elected through ZooKeeper are not in this version.",
     .remedy = "Remove the line and run one worker."},
    {.key = "security.protocol",
     .member = Refused{},
     .doc = "It would reach no client.",
     .remedy = kClientSecurity},
    {.key = "sasl.*",
     .member = Refused{},
     .doc = "It would reach no client.",
     .remedy = kClientSecurity},
    {.key = "ssl.*",
     .member = Refused{},
     .doc = "It would reach no client.",
     .remedy = kClientSecurity},
});

}  // namespace

std::span<const Setting<WorkerConfig>> worker_settings() { return kSettings; }

}  // namespace rowmill::config
