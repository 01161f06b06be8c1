// SPDX-License-Identifier: Apache-2.0
#include "kafka/kafka_schema_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "kafka/kafka_record_sink.h"
#include "kafka/mock_cluster.h"
#include "support/schema_file.h"

namespace rowmill::kafka {
namespace {

using base::ErrorKind;
using model::DeclaredTable;
using model::TableId;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Definitions = std::map<TableId, DeclaredTable>;

constexpr const char* kTopic = "shop.schema-history";
constexpr const char* kPastTopic = "shop.schema-history-past";

DeclaredTable table(const std::string& name, const std::vector<std::string>& columns) {
  DeclaredTable table{.id = {"shop", name}, .collation = "utf8mb4_bin"};
  for (const std::string& column : columns) table.columns.push_back({.name = column});
  return table;
}

model::SourceOffset offset_at(uint64_t position) {
  return {.position = {"binlog.000001", position}};
}

/// Definitions over time: each change lies 10 bytes behind the one before it.
class Timeline {
 public:
  /// The change that makes `after` of the definitions in force.
  model::SchemaChange to(const Definitions& after) {
    model::SchemaChange change;
    for (const auto& [id, definition] : now_) {
      if (!after.contains(id)) change.definitions.push_back({id, definition, std::nullopt});
    }
    for (const auto& [id, definition] : after) {
      const auto before = now_.find(id);
      if (before == now_.end()) {
        change.definitions.push_back({id, std::nullopt, definition});
      } else if (before->second != definition) {
        change.definitions.push_back({id, before->second, definition});
      }
    }
    now_ = after;
    place_ += 10;
    change.position = {"binlog.000001", place_};
    change.sql = "ALTER TABLE x";
    at_[place_] = now_;
    return change;
  }
  /// As a source does that reads from an older offset again.
  void go_back_to(uint64_t place) {
    now_ = at(place);
    place_ = place;
  }
  [[nodiscard]] const Definitions& now() const { return now_; }
  [[nodiscard]] uint64_t place() const { return place_; }
  [[nodiscard]] const Definitions& at(uint64_t place) const {
    return std::prev(at_.upper_bound(place))->second;
  }

 private:
  Definitions now_;
  uint64_t place_ = 100;
  std::map<uint64_t, Definitions> at_ = {{0, {}}};
};

class KafkaSchemaHistoryTest : public testing::Test {
 protected:
  KafkaSchemaHistoryTest() {
    settings_.history_topic = kTopic;
    cluster_.create_topic(kTopic);
    cluster_.create_topic(kPastTopic);
  }

  /// What `fill` appends, in a Kafka transaction.
  template <typename Fill>
  void commit(const KafkaSettings& settings, Fill fill) {
    KafkaRecordSink sink(settings);
    ASSERT_TRUE(sink.lead({}).ok());
    connect::RecordBatch batch;
    fill(batch);
    ASSERT_TRUE(sink.begin().ok());
    const auto sent = sink.send(batch, {});
    ASSERT_TRUE(sent.ok()) << sent.error().text();
    ASSERT_TRUE(sink.commit({}).ok());
  }
  void write(const std::string& topic, const std::string& key, const std::string& value) {
    commit(settings_, [&](connect::RecordBatch& batch) {
      batch.begin(topic);
      batch.bytes() += key;
      batch.end_key();
      batch.bytes() += value;
      batch.end_value();
      batch.end();
    });
  }
  /// Continues from `offset`, like a session.
  void append(const std::vector<model::SchemaChange>& changes, uint64_t offset) {
    KafkaSchemaHistory history(settings_);
    ASSERT_TRUE(read_with(history, offset_at(offset)).ok());
    commit(settings_, [&](connect::RecordBatch& batch) {
      for (const auto& change : changes) history.append(change, batch);
    });
  }
  static base::Result<Definitions> read_with(KafkaSchemaHistory& history,
                                             const model::SourceOffset& offset) {
    Definitions found;
    const auto visit = [&](DeclaredTable definition) -> base::Result<void> {
      EXPECT_TRUE(found.emplace(definition.id, definition).second) << "shown twice";
      return {};
    };
    ROWMILL_TRY(history.read(offset, visit, {}));
    return found;
  }
  Definitions read(uint64_t offset) {
    KafkaSchemaHistory history(settings_);
    auto found = read_with(history, offset_at(offset));
    EXPECT_TRUE(found.ok()) << found.error().text();
    return found.ok() ? *std::move(found) : Definitions();
  }
  base::Error read_error() {
    KafkaSchemaHistory history(settings_);
    const auto found = read_with(history, offset_at(1000));
    EXPECT_FALSE(found.ok());
    return found.ok() ? base::Error(ErrorKind::kFatal, "no error") : found.error();
  }

  MockCluster cluster_;
  KafkaSettings settings_ = cluster_.settings();
  Timeline time_;
};

TEST_F(KafkaSchemaHistoryTest, EmptyTopicHasNoDefinitions) { EXPECT_THAT(read(1000), IsEmpty()); }

TEST_F(KafkaSchemaHistoryTest, LastDefinitionOfEachTableIsShownOnce) {
  const DeclaredTable a = table("a", {"id"});
  const DeclaredTable wider = table("a", {"id", "name"});
  const DeclaredTable b = table("b", {"id"});
  append({time_.to({{a.id, a}}), time_.to({{a.id, wider}, {b.id, b}})}, 100);
  EXPECT_EQ(read(time_.place()), (Definitions{{a.id, wider}, {b.id, b}}));
}

TEST_F(KafkaSchemaHistoryTest, DroppedTableIsGone) {
  const DeclaredTable a = table("a", {"id"});
  append({time_.to({{a.id, a}}), time_.to({})}, 100);
  EXPECT_THAT(read(time_.place()), IsEmpty());
}

TEST_F(KafkaSchemaHistoryTest, DatabaseIsADefinitionToo) {
  const DeclaredTable database{.id = {"shop", ""}, .collation = "latin1_swedish_ci"};
  append({time_.to({{database.id, database}})}, 100);
  EXPECT_EQ(read(time_.place()), (Definitions{{database.id, database}}));
}

TEST_F(KafkaSchemaHistoryTest, OtherConnectorsShareTheTopic) {
  const DeclaredTable a = table("a", {"id"});
  append({time_.to({{a.id, a}})}, 100);
  settings_.connector = "invoices";
  EXPECT_THAT(read(1000), IsEmpty());
  Timeline other;
  const DeclaredTable b = table("b", {"id"});
  append({other.to({{b.id, b}})}, 100);
  EXPECT_EQ(read(100), Definitions());
  settings_.connector = "orders";
  EXPECT_EQ(read(1000), (Definitions{{a.id, a}}));
  EXPECT_EQ(read(100), Definitions());
}

TEST_F(KafkaSchemaHistoryTest, RecordsAreValidAndKeepWhatTheChangeReplaced) {
  const DeclaredTable a = table("a", {"id"});
  const DeclaredTable wider = table("a", {"id", "name"});
  append({time_.to({{a.id, a}}), time_.to({{a.id, wider}}), time_.to({})}, 100);
  const auto file = test::schema_file("schema-history.schema.json");
  const rapidjson::SchemaDocument schema(file);
  const rapidjson::SchemaDocument key_schema(file["definitions"]["key"]);
  for (const auto& record : cluster_.read(kTopic)) {
    EXPECT_EQ(test::violation(key_schema, *record.key), "");
    if (record.value) {
      EXPECT_EQ(test::violation(schema, *record.value), "");
    }
  }
  const auto past_file = test::schema_file("schema-history-past.schema.json");
  const rapidjson::SchemaDocument past_schema(past_file);
  std::vector<size_t> columns_before;
  for (const auto& record : cluster_.read(kPastTopic)) {
    EXPECT_EQ(record.partition, 0);
    EXPECT_EQ(record.key, std::nullopt);
    EXPECT_EQ(test::violation(past_schema, *record.value), "");
    const auto past = decode_past(*record.value);
    ASSERT_TRUE(past.ok());
    EXPECT_EQ(past->sql, "ALTER TABLE x");
    const auto& before = past->replaced.at(0).definition;
    columns_before.push_back(before ? before->columns.size() : 0);
  }
  EXPECT_THAT(columns_before, ElementsAre(0U, 1U, 2U));
}

TEST_F(KafkaSchemaHistoryTest, OlderOffsetHasTheDefinitionsOfThen) {
  const DeclaredTable a = table("a", {"id"});
  const DeclaredTable wider = table("a", {"id", "name"});
  const DeclaredTable b = table("b", {"x"});
  append({time_.to({{a.id, a}}),              // 110
          time_.to({{a.id, wider}}),          // 120
          time_.to({{b.id, b}}),              // 130: a dropped
          time_.to({{a.id, a}, {b.id, b}})},  // 140: a made anew
         100);
  for (uint64_t place = 100; place <= 150; place += 5) {
    EXPECT_EQ(read(place), time_.at(place)) << place;
  }
}

TEST_F(KafkaSchemaHistoryTest, DropAsTheLastChangeIsTakenBackToo) {
  const DeclaredTable a = table("a", {"id"});
  append({time_.to({{a.id, a}}), time_.to({})}, 100);
  EXPECT_EQ(read(110), (Definitions{{a.id, a}}));
}

TEST_F(KafkaSchemaHistoryTest, ChangesAfterAStepBackGoOnFromThere) {
  const DeclaredTable a = table("a", {"id"});
  const DeclaredTable wider = table("a", {"id", "name"});
  const DeclaredTable b = table("b", {"x"});
  const DeclaredTable c = table("c", {"x"});
  append({time_.to({{a.id, a}}), time_.to({{a.id, wider}}), time_.to({{b.id, b}})}, 100);
  time_.go_back_to(110);
  append({time_.to({{a.id, a}, {c.id, c}})}, 110);
  EXPECT_EQ(read(120), (Definitions{{a.id, a}, {c.id, c}}));
  EXPECT_EQ(read(110), (Definitions{{a.id, a}}));
  EXPECT_EQ(read(100), Definitions());
  // What was taken back stays so for an offset that lies behind it.
  EXPECT_EQ(read(1000), (Definitions{{a.id, a}, {c.id, c}}));
}

TEST_F(KafkaSchemaHistoryTest, TableSwappedInOneStatementIsTakenBackWhole) {
  const DeclaredTable a = table("a", {"old"});
  const DeclaredTable b = table("b", {"new"});
  append({time_.to({{a.id, a}, {b.id, b}})}, 100);
  DeclaredTable new_a = b;
  new_a.id = a.id;
  DeclaredTable new_b = a;
  new_b.id = b.id;
  // RENAME TABLE a TO tmp, b TO a, tmp TO b, pair by pair.
  model::SchemaChange swap;
  swap.position = {"binlog.000001", 120};
  DeclaredTable tmp = a;
  tmp.id.table = "tmp";
  swap.definitions = {{a.id, a, std::nullopt},     {tmp.id, std::nullopt, tmp},
                      {b.id, b, std::nullopt},     {a.id, std::nullopt, new_a},
                      {tmp.id, tmp, std::nullopt}, {b.id, std::nullopt, new_b}};
  append({swap}, 110);
  EXPECT_EQ(read(120), (Definitions{{a.id, new_a}, {b.id, new_b}}));
  EXPECT_EQ(read(110), (Definitions{{a.id, a}, {b.id, b}}));
}

TEST_F(KafkaSchemaHistoryTest, UnknownDefinitionIsNotTakenUpAgain) {
  const DeclaredTable a = table("a", {"id"});
  append({time_.to({{a.id, a}})}, 100);
  model::SchemaChange doubt;
  doubt.position = {"binlog.000001", 120};
  doubt.definitions = {{a.id, a, std::nullopt, /*unknown=*/true}};
  append({doubt}, 110);
  EXPECT_EQ(read(120), Definitions());
  EXPECT_EQ(read(110), (Definitions{{a.id, a}}));
}

TEST_F(KafkaSchemaHistoryTest, ChangeOfManyTablesIsCutIntoRecordsThatBrokersTake) {
  Definitions all;
  for (int i = 0; i < 300; ++i) {
    std::vector<std::string> columns;
    for (int k = 0; k < 100; ++k) columns.push_back("column_" + std::to_string(k));
    const DeclaredTable each = table("t" + std::to_string(i), columns);
    all.emplace(each.id, each);
  }
  append({time_.to(all), time_.to({})}, 100);
  EXPECT_EQ(read(110), all);
  EXPECT_EQ(read(100), Definitions());
  EXPECT_EQ(read(120), Definitions());
  const auto past = cluster_.read(kPastTopic);
  EXPECT_GT(past.size(), 4U);
  for (const auto& record : past) EXPECT_LT(record.value->size(), 500'000U);
}

TEST_F(KafkaSchemaHistoryTest, LongStatementIsKeptByItsBegin) {
  const DeclaredTable a = table("a", {"id"});
  auto change = time_.to({{a.id, a}});
  change.sql = std::string(999, 'x') + "ä" + std::string(1'000'000, 'y');
  append({change}, 100);
  const auto past = decode_past(*cluster_.read(kPastTopic).at(0).value);
  ASSERT_TRUE(past.ok());
  EXPECT_EQ(past->sql, std::string(999, 'x'));
}

TEST_F(KafkaSchemaHistoryTest, StartingOverForgetsAllButOtherConnectors) {
  const DeclaredTable a = table("a", {"id"});
  append({time_.to({{a.id, a}})}, 100);
  KafkaSettings other = settings_;
  other.connector = "invoices";
  KafkaSchemaHistory others(other);
  commit(other, [&](connect::RecordBatch& batch) { others.append(time_.to({}), batch); });
  KafkaSchemaHistory history(settings_);
  commit(settings_, [&](connect::RecordBatch& batch) {
    ASSERT_TRUE(history.start_over(batch, {}).ok());
    EXPECT_EQ(batch.size(), 2U);
  });
  EXPECT_EQ(read(1000), Definitions());
  EXPECT_EQ(read(100), Definitions());
  connect::RecordBatch nothing;
  ASSERT_TRUE(history.start_over(nothing, {}).ok());
  EXPECT_TRUE(nothing.empty());
}

TEST_F(KafkaSchemaHistoryTest, WithoutThePastTheTablesChangedSinceAreLeftOut) {
  const DeclaredTable a = table("a", {"id"});
  const DeclaredTable wider = table("a", {"id", "name"});
  const DeclaredTable b = table("b", {"x"});
  append({time_.to({{a.id, a}, {b.id, b}}), time_.to({{a.id, wider}, {b.id, b}})}, 100);
  settings_.history_retention = std::chrono::milliseconds(0);
  // As if all of it had been deleted.
  const std::string empty = "another.schema-history";
  for (const auto& record : cluster_.read(kTopic)) write(empty, *record.key, *record.value);
  settings_.history_topic = empty;
  EXPECT_EQ(read(115), (Definitions{{b.id, b}}));
  EXPECT_EQ(read(120), (Definitions{{a.id, wider}, {b.id, b}}));
}

TEST_F(KafkaSchemaHistoryTest, WhenOlderChangesAreGoneTheirTablesAreLeftOut) {
  const DeclaredTable a = table("a", {"1"});
  const DeclaredTable b = table("b", {"x"});
  append({time_.to({{a.id, a}, {b.id, b}}),                             // 110
          time_.to({{a.id, table("a", {"1", "2"})}, {b.id, b}}),        // 120
          time_.to({{a.id, table("a", {"1", "2", "3"})}, {b.id, b}})},  // 130
         100);
  const std::string cut = "another.schema-history";
  for (const auto& record : cluster_.read(kTopic)) write(cut, *record.key, *record.value);
  const auto past = cluster_.read(kPastTopic);
  commit(settings_, [&](connect::RecordBatch& batch) {
    static const std::string topic = cut + "-past";
    batch.begin(topic);
    batch.bytes() += *past.back().value;
    batch.end_value();
    batch.end();
  });
  settings_.history_topic = cut;
  EXPECT_EQ(read(125), time_.at(125));
  EXPECT_EQ(read(115), (Definitions{{b.id, b}})) << "a of 120 is not a of 115";
}

TEST_F(KafkaSchemaHistoryTest, GtidsDecideWhereFilesCannot) {
  const DeclaredTable a = table("a", {"id"});
  const DeclaredTable wider = table("a", {"id", "name"});
  model::SchemaChange first = time_.to({{a.id, a}});
  first.gtid = "0-1-5";
  model::SchemaChange second = time_.to({{a.id, wider}});
  second.gtid = "0-1-7";
  append({first, second}, 100);
  KafkaSchemaHistory history(settings_);
  model::SourceOffset offset{.position = {"other.000001", 4}};
  offset.gtids = model::parse_gtid_set("0-2-7").value();
  EXPECT_EQ(read_with(history, offset).value(), (Definitions{{a.id, wider}}));
  offset.gtids = model::parse_gtid_set("0-1-6").value();
  EXPECT_EQ(read_with(history, offset).value(), (Definitions{{a.id, a}}));
}

/// What a reading of the catalog finds while the stream is before `place`.
model::SchemaChange reading(const std::vector<DeclaredTable>& tables, uint64_t place) {
  model::SchemaChange change;
  change.position = {"binlog.000001", place};
  for (const DeclaredTable& each : tables) {
    change.definitions.push_back({each.id, std::nullopt, each});
  }
  return change;
}

model::SchemaChange statement(const std::optional<DeclaredTable>& before,
                              const std::optional<DeclaredTable>& after, uint64_t place) {
  model::SchemaChange change;
  change.position = {"binlog.000001", place};
  change.sql = "ALTER TABLE x";
  change.definitions = {{before ? before->id : after->id, before, after}};
  return change;
}

TEST_F(KafkaSchemaHistoryTest, DefinitionsOfACatalogThatLiesAheadCountOnceItIsReached) {
  const DeclaredTable a = table("a", {"id"});
  append({reading({a}, 500)}, 100);
  EXPECT_EQ(read(499), Definitions());
  EXPECT_EQ(read(500), (Definitions{{a.id, a}}));
}

TEST_F(KafkaSchemaHistoryTest, StatementsBeforeTheCatalogsPlaceCountAtOnce) {
  const DeclaredTable a = table("a", {"id"});
  const DeclaredTable b = table("b", {"id"});
  const DeclaredTable wider = table("b", {"id", "name"});
  const DeclaredTable c = table("c", {"id"});
  append({reading({a, b}, 500), statement(std::nullopt, c, 200)}, 100);
  EXPECT_EQ(read(199), Definitions());
  EXPECT_EQ(read(200), (Definitions{{c.id, c}}));
  EXPECT_EQ(read(500), (Definitions{{a.id, a}, {b.id, b}, {c.id, c}}));
  // A restart reads the catalog again, farther ahead.
  append({reading({a, b}, 600), statement(b, wider, 700)}, 300);
  EXPECT_EQ(read(300), (Definitions{{c.id, c}}));
  EXPECT_EQ(read(600), (Definitions{{a.id, a}, {b.id, b}, {c.id, c}}));
  EXPECT_EQ(read(700), (Definitions{{a.id, a}, {b.id, wider}, {c.id, c}}));
  EXPECT_EQ(read(150), Definitions());
}

TEST_F(KafkaSchemaHistoryTest, StatementThatReplacesWhatTheCatalogShowsStands) {
  const DeclaredTable a = table("a", {"id"});
  const DeclaredTable other = table("a", {"id", "x"});
  append({reading({a}, 500), statement(a, other, 200)}, 100);
  EXPECT_EQ(read(200), (Definitions{{a.id, other}}));
  EXPECT_EQ(read(199), Definitions());
}

TEST_F(KafkaSchemaHistoryTest, EveryOffsetHasTheDefinitionsOfThenAfterAnySteps) {
  std::mt19937 random(20);
  const auto below = [&](size_t limit) {
    return std::uniform_int_distribution<size_t>(0, limit - 1)(random);
  };
  for (int round = 0; round < 16; ++round) {
    SCOPED_TRACE(round);
    std::vector<model::SchemaChange> changes;
    const uint64_t begin = time_.place();
    for (size_t i = below(4); i > 0; --i) {
      Definitions next = time_.now();
      const TableId id{"shop", std::string(1, static_cast<char>('a' + below(5)))};
      if (next.contains(id) && below(3) == 0) {
        next.erase(id);
      } else {
        next[id] = table(id.table, {"id", "c" + std::to_string(below(100))});
      }
      changes.push_back(time_.to(next));
    }
    append(changes, begin);
    EXPECT_EQ(read(time_.place()), time_.now());
    const uint64_t back = 100 + below(time_.place() - 99);
    EXPECT_EQ(read(back), time_.at(back)) << back;
    if (below(2) == 0) time_.go_back_to(back - back % 10);
  }
}

TEST_F(KafkaSchemaHistoryTest, RecordOfAnotherProgramNamesItsPlaceAndTheRemedy) {
  // Debezium's own schema history has no keys.
  commit(settings_, [&](connect::RecordBatch& batch) {
    static const std::string topic = kTopic;
    batch.begin(topic);
    batch.bytes() += R"({"source":{"server":"shop"},"position":{},"ddl":"DROP TABLE t"})";
    batch.end_value();
    batch.end();
  });
  const base::Error error = read_error();
  EXPECT_EQ(error.kind(), ErrorKind::kConfig);
  EXPECT_THAT(error.message(), HasSubstr("topic shop.schema-history partition 0 offset 0"));
  EXPECT_THAT(error.remedy(), HasSubstr("schema.history.internal.kafka.topic"));
}

TEST_F(KafkaSchemaHistoryTest, DamagedDefinitionNamesItsPlaceAndTable) {
  const DeclaredTable a = table("a", {"id"});
  append({time_.to({{a.id, a}})}, 100);
  write(kTopic, encode_history_key({"orders", a.id}), R"({"v":1,"at":{"file":"b.1")");
  const base::Error error = read_error();
  EXPECT_EQ(error.kind(), ErrorKind::kCorrupt);
  EXPECT_THAT(error.text(), HasSubstr("topic shop.schema-history partition"));
  EXPECT_THAT(error.text(), HasSubstr("shop.a"));
  EXPECT_THAT(error.remedy(), HasSubstr("Delete both topics"));
}

TEST_F(KafkaSchemaHistoryTest, DamagedDefinitionThatWasReplacedDoesNotMatter) {
  const DeclaredTable a = table("a", {"id"});
  const std::string key = encode_history_key({"orders", a.id});
  const HistoryPlace place{{"binlog.000001", 9}};
  write(kTopic, key, "{");
  write(kTopic, key, encode_definition(a, place));
  write(kTopic, encode_history_key({"orders"}), encode_head({{place}, 1}));
  EXPECT_EQ(read(1000), (Definitions{{a.id, a}}));
}

TEST_F(KafkaSchemaHistoryTest, DamagedHeadAndMissingHeadAreCorrupt) {
  const DeclaredTable a = table("a", {"id"});
  write(kTopic, encode_history_key({"orders", a.id}), encode_definition(a, {{"binlog.000001", 4}}));
  EXPECT_EQ(read_error().kind(), ErrorKind::kCorrupt);
  write(kTopic, encode_history_key({"orders"}), "x");
  const base::Error error = read_error();
  EXPECT_EQ(error.kind(), ErrorKind::kCorrupt);
  EXPECT_THAT(error.text(), HasSubstr("topic shop.schema-history partition"));
}

TEST_F(KafkaSchemaHistoryTest, CutTopicShowsWhatIsLeft) {
  const DeclaredTable b = table("b", {"id"});
  // What is left when the records before were deleted.
  write(kTopic, encode_history_key({"orders", b.id}), encode_definition(b, {{"binlog.000001", 9}}));
  write(kTopic, encode_history_key({"orders"}), encode_head({{{{"binlog.000001", 9}}}, 2}));
  testing::internal::CaptureStderr();
  EXPECT_EQ(read(1000), (Definitions{{b.id, b}}));
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr("the schema history is not whole"));
  EXPECT_THAT(log, HasSubstr("should_be=2"));
}

TEST_F(KafkaSchemaHistoryTest, MissingHistoryBesideAnOffsetIsToldOnlyThen) {
  testing::internal::CaptureStderr();
  EXPECT_THAT(read(1000), IsEmpty());
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("no schema history"));
  KafkaSchemaHistory history(settings_);
  connect::RecordBatch batch;
  ASSERT_TRUE(history.start_over(batch, {}).ok());
  testing::internal::CaptureStderr();
  ASSERT_TRUE(read_with(history, offset_at(1000)).ok());
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST_F(KafkaSchemaHistoryTest, DamagedPastStopsOnlyAStepBack) {
  const DeclaredTable a = table("a", {"id"});
  append({time_.to({{a.id, a}})}, 100);
  write(kPastTopic, "", "{");
  EXPECT_EQ(read(110), (Definitions{{a.id, a}}));
  KafkaSchemaHistory history(settings_);
  const auto found = read_with(history, offset_at(100));
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().kind(), ErrorKind::kCorrupt);
  EXPECT_THAT(found.error().text(), HasSubstr("topic shop.schema-history-past partition"));
}

TEST_F(KafkaSchemaHistoryTest, ErrorOfTheVisitorEndsTheRead) {
  const DeclaredTable a = table("a", {"id"});
  append({time_.to({{a.id, a}})}, 100);
  KafkaSchemaHistory history(settings_);
  const auto result = history.read(
      offset_at(110),
      [](DeclaredTable) { return base::Result<void>(base::Error(ErrorKind::kFatal, "enough")); },
      {});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message(), "enough");
}

TEST_F(KafkaSchemaHistoryTest, StopEndsARead) {
  std::stop_source stop;
  stop.request_stop();
  cluster_.set_down();
  KafkaSchemaHistory history(settings_);
  const auto result = history.read(
      offset_at(1), [](DeclaredTable) { return base::Result<void>(); }, stop.get_token());
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kStopped);
}

}  // namespace
}  // namespace rowmill::kafka
