// SPDX-License-Identifier: Apache-2.0
#include "app/task_settings.h"

#include <gtest/gtest.h>

#include "config/load.h"

namespace rowmill::app {
namespace {

using std::chrono::milliseconds;

class TaskSettingsTest : public testing::Test {
 protected:
  TaskSettingsTest() {
    worker_.group_id = "shop";
    connector_.name = "orders";
    connector_.topic_prefix = "prefix";
  }
  config::WorkerConfig worker_ = config::default_worker();
  config::ConnectorConfig connector_ = config::default_connector(worker_);
};

TEST_F(TaskSettingsTest, TransactionalIdIsKafkaConnects) {
  EXPECT_EQ(kafka_settings(worker_, connector_).transactional_id, "shop-orders-0");
}

TEST_F(TaskSettingsTest, ConnectorsProducerOverridesRuleOverTheWorkers) {
  worker_.producer = {{"linger.ms", "5"}, {"acks", "all"}};
  connector_.producer_override = {{"linger.ms", "7"}, {"transaction.timeout.ms", "9000"}};
  const auto settings = kafka_settings(worker_, connector_);
  EXPECT_EQ(settings.producer_overrides.at("linger.ms"), "7");
  EXPECT_EQ(settings.producer_overrides.at("acks"), "all");
  EXPECT_EQ(settings.transaction_timeout, milliseconds(9000));
}

TEST_F(TaskSettingsTest, ReplicaIsNamedTheSameAfterARestartAndOtherwiseForEachConnector) {
  const auto first = source_settings(worker_, connector_);
  EXPECT_EQ(source_settings(worker_, connector_).replica_uuid, first.replica_uuid);
  EXPECT_EQ(first.replica_uuid.size(), 36U);
  EXPECT_EQ(first.reported_host, "rowmill-orders");
  connector_.name = "customers";
  EXPECT_NE(source_settings(worker_, connector_).replica_uuid, first.replica_uuid);
}

TEST_F(TaskSettingsTest, ReplicaBesideAWorkerSharesNothingThatTheSourceTellsReplicasBy) {
  const auto worker = source_settings(worker_, connector_);
  const auto beside = beside_a_worker(worker);
  EXPECT_NE(beside.server_id, worker.server_id);
  EXPECT_NE(beside.replica_uuid, worker.replica_uuid);
  EXPECT_EQ(beside.replica_uuid.size(), worker.replica_uuid.size());
  EXPECT_NE(beside.reported_host, worker.reported_host);
}

TEST_F(TaskSettingsTest, SkippedOperationsAndSourceFieldsKeepTheirNames) {
  connector_.skipped_operations = {config::SkippedOperation::kDelete,
                                   config::SkippedOperation::kTruncate};
  connector_.source_fields = {config::SourceField::kTsUs, config::SourceField::kVersion};
  const auto settings = convert_settings(connector_);
  EXPECT_EQ(settings.skipped_operations, (std::set<char>{'d', 't'}));
  EXPECT_EQ(settings.source_fields, (std::set<std::string>{"ts_us", "version"}));
}

TEST_F(TaskSettingsTest, FormsOfValuesAndTruncationsFollowTheFile) {
  connector_.decimal_handling_mode = config::DecimalMode::kDouble;
  connector_.time_precision_mode = config::TimeMode::kConnect;
  connector_.bigint_unsigned_handling_mode = config::BigintUnsignedMode::kPrecise;
  connector_.binary_handling_mode = config::BinaryMode::kHex;
  connector_.bit_handling_mode = config::BitMode::kBytes;
  connector_.geometry_handling_mode = config::GeometryMode::kDebezium;
  connector_.partial_json_handling_mode = config::PartialJsonMode::kDiff;
  connector_.column_truncate_to = {{"20.chars", "a, b"}, {"5.chars", "c"}};
  const auto settings = convert_settings(connector_);
  EXPECT_EQ(settings.forms.decimal, config::DecimalMode::kDouble);
  EXPECT_EQ(settings.forms.time, config::TimeMode::kConnect);
  EXPECT_EQ(settings.forms.bigint_unsigned, config::BigintUnsignedMode::kPrecise);
  EXPECT_EQ(settings.forms.binary, config::BinaryMode::kHex);
  EXPECT_EQ(settings.forms.bit, config::BitMode::kBytes);
  EXPECT_EQ(settings.forms.geometry, config::GeometryMode::kDebezium);
  EXPECT_EQ(settings.partial_json, config::PartialJsonMode::kDiff);
  ASSERT_EQ(settings.truncations.size(), 2U);
  EXPECT_EQ(settings.truncations[0].characters, 20U);
  EXPECT_EQ(settings.truncations[0].patterns, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(settings.truncations[1].characters, 5U);
}

TEST_F(TaskSettingsTest, CommitSettingsFollowTheFiles) {
  connector_.transaction_cut_rows = 11;
  connector_.transaction_max_rows = 12;
  worker_.offset_flush_interval = milliseconds(13);
  const auto settings = commit_settings(worker_, connector_, "me");
  EXPECT_EQ(settings.writer, "me");
  EXPECT_EQ(settings.cut_changes, 11U);
  EXPECT_EQ(settings.max_changes, 12U);
  EXPECT_EQ(settings.builder.offset_flush_interval, milliseconds(13));
}

}  // namespace
}  // namespace rowmill::app
