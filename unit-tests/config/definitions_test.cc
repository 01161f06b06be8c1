// SPDX-License-Identifier: Apache-2.0
#include "config/definitions.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "config/load.h"

namespace rowmill::config {
namespace {

/// The complaint about the default, if there is one.
template <typename Config>
Complaint default_complaint(const Setting<Config>& setting) {
  const auto read = [&setting]<typename T>(T member) -> Complaint {
    if constexpr (std::is_same_v<T, PassThrough Config::*>) {
      return "has no single value";
    } else if constexpr (std::is_member_pointer_v<T>) {
      Config config;
      using Value = std::remove_cvref_t<decltype(config.*member)>;
      return ValueType<Value>::read(setting.default_text, setting.rule, config.*member);
    } else {
      return check_allowed(setting.default_text, setting.rule);
    }
  };
  if (auto complaint = std::visit(read, setting.member)) return complaint;
  return setting.rule.check == nullptr ? std::nullopt : setting.rule.check(setting.default_text);
}

template <typename Config>
void expect_complete(std::span<const Setting<Config>> settings) {
  std::set<std::string_view> keys;
  for (const auto& setting : settings) {
    SCOPED_TRACE(std::string(setting.key));
    EXPECT_TRUE(keys.insert(setting.key).second) << "twice in the table";
    EXPECT_TRUE(setting.doc.ends_with('.'));
    EXPECT_EQ(setting.doc.find('|'), std::string_view::npos) << "would break the reference";
    EXPECT_TRUE(setting.remedy.empty() || setting.remedy.ends_with('.'));
    EXPECT_TRUE(setting.is_family() || !setting.template is<PassThrough Config::*>());
    EXPECT_FALSE(setting.template is<Refused>() && setting.remedy.empty());
    if (!setting.has_effect()) {
      EXPECT_TRUE(setting.group.empty());
      continue;
    }
    EXPECT_FALSE(setting.group.empty());
    const int defaults = (setting.required ? 1 : 0) + (setting.default_text.empty() ? 0 : 1) +
                         (setting.default_note.empty() ? 0 : 1);
    EXPECT_EQ(defaults, 1) << "required, a default, or a note what happens without a value";
    if (!setting.default_text.empty()) {
      EXPECT_EQ(default_complaint(setting), std::nullopt);
    }
  }
}

TEST(Definitions, EveryWorkerSettingIsComplete) { expect_complete(worker_settings()); }
TEST(Definitions, EveryConnectorSettingIsComplete) { expect_complete(connector_settings()); }

TEST(FindSetting, OwnRowWinsThenLongestFamily) {
  const auto key_of = [](std::string_view key) -> std::string_view {
    const auto* setting = find_setting(connector_settings(), key);
    return setting == nullptr ? "" : setting->key;
  };
  EXPECT_EQ(key_of("topic.creation.default.partitions"), "topic.creation.default.partitions");
  EXPECT_EQ(key_of("topic.creation.default.cleanup.policy"), "topic.creation.default.*");
  EXPECT_EQ(key_of("topic.creation.groups"), "topic.creation.*");
  EXPECT_EQ(key_of("snapshot.mode"), "snapshot.mode");
  EXPECT_EQ(key_of("snapshot.locking.mode"), "snapshot.*");
  EXPECT_EQ(key_of("column.truncate.to.20.chars"), "column.truncate.to.*");
  EXPECT_EQ(key_of("column.exclude.list"), "column.*");
  EXPECT_EQ(key_of("producer.override."), "");
  EXPECT_EQ(key_of("nothing"), "");
}

TEST(Defaults, AreThoseOfTheTable) {
  using std::chrono::milliseconds;
  const WorkerConfig worker = default_worker();
  EXPECT_EQ(worker.bootstrap_servers, "localhost:9092");
  EXPECT_EQ(worker.group_id, "rowmill");
  EXPECT_EQ(worker.offset_storage_topic, "connect-offsets");
  EXPECT_EQ(worker.offset_storage_partitions, 25);
  EXPECT_EQ(worker.offset_storage_replication_factor, -1);
  EXPECT_EQ(worker.offset_flush_interval, milliseconds(10'000));
  EXPECT_EQ(worker.task_shutdown_graceful_timeout, milliseconds(5'000));
  EXPECT_TRUE(worker.topic_creation_enable);
  EXPECT_FALSE(worker.key_schemas_enable);
  EXPECT_FALSE(worker.value_schemas_enable);
  EXPECT_EQ(worker.log_level, base::LogLevel::kInfo);

  const ConnectorConfig connector = default_connector(worker);
  EXPECT_EQ(connector.database_port, 3306);
  EXPECT_EQ(connector.database_ssl_mode, SslMode::kPreferred);
  EXPECT_EQ(connector.connect_timeout, milliseconds(30'000));
  EXPECT_EQ(connector.connect_keep_alive_interval, milliseconds(1'000));
  EXPECT_EQ(connector.start_position, "latest");
  EXPECT_EQ(connector.skipped_operations, std::vector{SkippedOperation::kTruncate});
  EXPECT_TRUE(connector.tombstones_on_delete);
  EXPECT_TRUE(connector.source_fields.empty());
  EXPECT_EQ(connector.decimal_handling_mode, DecimalMode::kString);
  EXPECT_EQ(connector.time_precision_mode, TimeMode::kIso);
  EXPECT_EQ(connector.bigint_unsigned_handling_mode, BigintUnsignedMode::kExact);
  EXPECT_EQ(connector.binary_handling_mode, BinaryMode::kBytes);
  EXPECT_EQ(connector.bit_handling_mode, BitMode::kNumber);
  EXPECT_EQ(connector.geometry_handling_mode, GeometryMode::kWkb);
  EXPECT_EQ(connector.partial_json_handling_mode, PartialJsonMode::kFail);
  EXPECT_TRUE(connector.column_truncate_to.empty());
  EXPECT_EQ(connector.topic_creation_default_partitions, 1);
  EXPECT_EQ(connector.topic_creation_default_replication_factor, -1);
  EXPECT_EQ(connector.transaction_boundary_interval, milliseconds(200));
  EXPECT_EQ(connector.transaction_max_rows, 50'000U);
  EXPECT_EQ(connector.transaction_max_bytes, 32U * 1024 * 1024);
  EXPECT_EQ(connector.transaction_cut_rows, 0U);
  EXPECT_EQ(connector.transaction_cut, milliseconds(30'000));
  EXPECT_EQ(connector.max_queue_size_in_bytes, 8U * 1024 * 1024);
  EXPECT_EQ(connector.errors_retry_delay_max, milliseconds(30'000));
}

}  // namespace
}  // namespace rowmill::config
