// SPDX-License-Identifier: Apache-2.0
#include "kafka/kafka_offset_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "kafka/check_broker.h"
#include "kafka/kafka_record_sink.h"
#include "kafka/mock_cluster.h"
#include "kafka/offsets_admin.h"

namespace rowmill::kafka {
namespace {

using base::ErrorKind;
using testing::HasSubstr;

connect::StoredOffset offset_at(uint64_t position) {
  connect::StoredOffset stored;
  stored.offset.position = {"binlog.000001", position};
  stored.writer = "host:1:a";
  stored.transaction_sequence = position;
  return stored;
}

class KafkaOffsetStoreTest : public testing::Test {
 protected:
  template <typename Send>
  static void in_transaction(const KafkaSettings& settings, Send send) {
    KafkaRecordSink sink(settings);
    ASSERT_TRUE(sink.lead({}).ok());
    ASSERT_TRUE(sink.begin().ok());
    ASSERT_TRUE(send(sink).ok());
    ASSERT_TRUE(sink.commit({}).ok());
  }
  void store(const KafkaSettings& settings, uint64_t position) {
    in_transaction(settings,
                   [&](KafkaRecordSink& sink) { return sink.send_offset(offset_at(position)); });
  }
  void store_raw(int32_t partition, const std::string& key, std::optional<std::string_view> value) {
    in_transaction(settings_, [&](KafkaRecordSink& sink) {
      return sink.send_to_offsets_topic(partition, key, value);
    });
  }
  std::optional<uint64_t> read() {
    KafkaOffsetStore offsets(settings_);
    const auto stored = offsets.read({});
    EXPECT_TRUE(stored.ok()) << stored.error().text();
    if (!stored.ok() || !*stored) return std::nullopt;
    return (*stored)->offset.position.offset;
  }

  MockCluster cluster_;
  KafkaSettings settings_ = cluster_.settings();
};

TEST_F(KafkaOffsetStoreTest, MissingTopicIsAbsent) {
  settings_.offsets_topic = "not-there";
  cluster_.hide_topic("not-there");
  EXPECT_EQ(read(), std::nullopt);
}

TEST_F(KafkaOffsetStoreTest, EmptyTopicIsAbsent) { EXPECT_EQ(read(), std::nullopt); }

TEST_F(KafkaOffsetStoreTest, LastRecordOfOurKeyCounts) {
  KafkaSettings other = settings_;
  other.connector = "invoices";
  store(settings_, 4);
  store(settings_, 5);
  store(other, 6);
  EXPECT_EQ(read(), 5U);
}

TEST_F(KafkaOffsetStoreTest, NewerRecordInAnotherSpellingAndPartitionCounts) {
  store(settings_, 4);
  for (int32_t partition = 0; partition < MockCluster::kPartitions; ++partition) {
    store_raw(partition, R"( ["orders", {"server" : "shop"}])", R"({"file":"b.7","pos":99})");
  }
  EXPECT_EQ(read(), 99U);
}

TEST_F(KafkaOffsetStoreTest, ValueThatCannotBeReadNamesItsPlace) {
  store_raw(2, R"(["orders",{"server":"shop"}])", "{");
  KafkaOffsetStore offsets(settings_);
  const auto stored = offsets.read({});
  ASSERT_FALSE(stored.ok());
  EXPECT_EQ(stored.error().kind(), ErrorKind::kCorrupt);
  EXPECT_THAT(stored.error().message(), HasSubstr("topic offsets partition 2 offset 0"));
}

TEST_F(KafkaOffsetStoreTest, StopEndsARead) {
  std::stop_source stop;
  stop.request_stop();
  cluster_.set_down();
  KafkaOffsetStore offsets(settings_);
  const auto stored = offsets.read(stop.get_token());
  ASSERT_FALSE(stored.ok());
  EXPECT_EQ(stored.error().kind(), ErrorKind::kStopped);
}

TEST_F(KafkaOffsetStoreTest, SetOffsetIsReadBackAndGoesOnCounting) {
  store(settings_, 4);
  model::SourceOffset target;
  target.position = {"binlog.000009", 777};
  ASSERT_TRUE(set_offset(settings_, target, {}).ok());
  KafkaOffsetStore offsets(settings_);
  const auto stored = offsets.read({});
  ASSERT_TRUE(stored.ok() && stored.value().has_value());
  EXPECT_EQ((*stored)->offset, target);
  EXPECT_EQ((*stored)->transaction_sequence, 5U);
  EXPECT_THAT((*stored)->writer, testing::StartsWith("offsets-set:"));
}

TEST_F(KafkaOffsetStoreTest, ResetRemovesEverySpelling) {
  store(settings_, 4);
  store_raw(1, R"(["orders", {"server":"shop"}])", R"({"file":"b.7","pos":99})");
  ASSERT_TRUE(reset_offset(settings_, {}).ok());
  EXPECT_EQ(read(), std::nullopt);
  const auto records = cluster_.read(MockCluster::kOffsetsTopic);
  const auto tombstones = std::count_if(records.begin(), records.end(),
                                        [](const auto& record) { return !record.value; });
  EXPECT_EQ(tombstones, 2);
}

TEST_F(KafkaOffsetStoreTest, ListShowsEveryConnectorInOrder) {
  KafkaSettings other = settings_;
  other.connector = "invoices";
  store(settings_, 4);
  store(other, 6);
  store_raw(0, "not a key", "x");
  const auto entries = list_offsets(settings_, {});
  ASSERT_TRUE(entries.ok());
  ASSERT_EQ(entries->size(), 2U);
  EXPECT_EQ((*entries)[0].key, (OffsetKey{"invoices", "shop"}));
  EXPECT_EQ((*entries)[1].key, (OffsetKey{"orders", "shop"}));
  EXPECT_THAT(*(*entries)[1].value, HasSubstr("\"pos\":4"));
}

TEST_F(KafkaOffsetStoreTest, CheckIsContentWhenTheOffsetsTopicExists) {
  EXPECT_TRUE(check_broker(settings_, std::chrono::seconds(5)).empty());
}

TEST_F(KafkaOffsetStoreTest, CheckNamesAMissingOffsetsTopic) {
  settings_.offsets_topic = "not-there";
  cluster_.hide_topic("not-there");
  settings_.offsets_topic_creation.enable = false;
  const auto errors = check_broker(settings_, std::chrono::seconds(5));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].kind(), ErrorKind::kConfig);
  EXPECT_THAT(errors[0].message(), HasSubstr("not-there"));
}

TEST_F(KafkaOffsetStoreTest, CheckNamesAPropertyThatIsRefused) {
  settings_.admin_overrides["no.such.key"] = "1";
  const auto errors = check_broker(settings_, std::chrono::seconds(5));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_THAT(errors[0].message(), HasSubstr("no.such.key"));
}

TEST_F(KafkaOffsetStoreTest, CheckSaysWhenNoBrokerAnswers) {
  settings_.bootstrap_servers = "127.0.0.1:1";
  const auto errors = check_broker(settings_, std::chrono::milliseconds(300));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].kind(), ErrorKind::kRetry);
  EXPECT_THAT(errors[0].message(), HasSubstr("127.0.0.1:1"));
}

}  // namespace
}  // namespace rowmill::kafka
