// SPDX-License-Identifier: Apache-2.0
#include "convert/debezium_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "convert/fixture.h"

namespace rowmill::convert {
namespace {

using base::ErrorKind;
using connect::RecordBatch;
using model::Absent;
using model::ColumnKind;
using model::Null;
using model::Operation;
using model::TableDefinition;
using model::Text;
using testing::HasSubstr;

/// A record with its headers copied, "name=value" each.
struct Written {
  std::string topic;
  std::optional<std::string> key;
  std::optional<std::string> value;
  std::vector<std::string> headers;
};

std::vector<Written> written(const RecordBatch& batch) {
  std::vector<Written> all;
  for (size_t i = 0; i < batch.size(); ++i) {
    const auto view = batch.record(i);
    Written& record = all.emplace_back();
    record.topic = view.topic;
    if (view.key) record.key = std::string(*view.key);
    if (view.value) record.value = std::string(*view.value);
    for (const auto& header : view.headers) {
      record.headers.push_back(std::string(header.name) + "=" + std::string(header.value));
    }
  }
  return all;
}

std::vector<Written> convert_all(DebeziumJsonConverter& with, const model::Change& change) {
  RecordBatch batch;
  const auto result = with.convert(change, batch);
  EXPECT_TRUE(result.ok()) << result.error().text();
  return written(batch);
}

TEST(DebeziumJson, CreateHasNoBefore) {
  const TableDefinition table = orders();
  const Cells after = order(1, "new");
  const auto records = convert_all(*converter(), change(Operation::kCreate, table, {}, after));
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].topic, "shop.sales.orders");
  EXPECT_EQ(records[0].key, R"({"id":1})");
  EXPECT_EQ(records[0].value, envelope("null", R"({"id":1,"note":"new"})", 'c'));
  EXPECT_TRUE(records[0].headers.empty());
}

TEST(DebeziumJson, UpdateHasBothRows) {
  const TableDefinition table = orders();
  const Cells before = order(1, "old");
  const Cells after = {int64_t{1}, Null{}};
  const auto records = convert_all(*converter(), change(Operation::kUpdate, table, before, after));
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].key, R"({"id":1})");
  EXPECT_EQ(records[0].value, envelope(R"({"id":1,"note":"old"})", R"({"id":1,"note":null})", 'u'));
}

TEST(DebeziumJson, DeleteIsFollowedByATombstone) {
  const TableDefinition table = orders();
  const Cells before = order(1, "old");
  const auto records = convert_all(*converter(), change(Operation::kDelete, table, before, {}));
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].key, R"({"id":1})");
  EXPECT_EQ(records[0].value, envelope(R"({"id":1,"note":"old"})", "null", 'd'));
  EXPECT_EQ(records[1].topic, records[0].topic);
  EXPECT_EQ(records[1].key, R"({"id":1})");
  EXPECT_EQ(records[1].value, std::nullopt);
}

TEST(DebeziumJson, ReadSaysThatItIsFromASnapshot) {
  const TableDefinition table = orders();
  const Cells after = order(1, "x");
  const auto records = convert_all(*converter(), change(Operation::kRead, table, {}, after));
  ASSERT_EQ(records.size(), 1U);
  EXPECT_THAT(*records[0].value, HasSubstr(R"("snapshot":"true")"));
  EXPECT_THAT(*records[0].value, HasSubstr(R"("op":"r")"));
}

TEST(DebeziumJson, KeyChangeIsDeleteTombstoneAndCreate) {
  const TableDefinition table = orders();
  const Cells before = order(1, "old");
  const Cells after = order(2, "new");
  const auto records = convert_all(*converter(), change(Operation::kUpdate, table, before, after));
  ASSERT_EQ(records.size(), 3U);
  const std::vector<std::string> to = {R"(__debezium.newkey={"id":2})"};
  const std::vector<std::string> from = {R"(__debezium.oldkey={"id":1})"};
  EXPECT_EQ(records[0].key, R"({"id":1})");
  EXPECT_EQ(records[0].value, envelope(R"({"id":1,"note":"old"})", "null", 'd'));
  EXPECT_EQ(records[0].headers, to);
  EXPECT_EQ(records[1].key, R"({"id":1})");
  EXPECT_EQ(records[1].value, std::nullopt);
  EXPECT_EQ(records[1].headers, to);
  EXPECT_EQ(records[2].key, R"({"id":2})");
  EXPECT_EQ(records[2].value, envelope("null", R"({"id":2,"note":"new"})", 'c'));
  EXPECT_EQ(records[2].headers, from);
}

TEST(DebeziumJson, WithoutTombstonesDeletesAndKeyChangesHaveNone) {
  ConvertSettings without = settings();
  without.tombstones_on_delete = false;
  const auto quiet = converter(without);
  const TableDefinition table = orders();
  const Cells before = order(1, "old");
  const Cells after = order(2, "new");
  EXPECT_EQ(convert_all(*quiet, change(Operation::kDelete, table, before, {})).size(), 1U);
  const auto records = convert_all(*quiet, change(Operation::kUpdate, table, before, after));
  ASSERT_EQ(records.size(), 2U);
  EXPECT_TRUE(records[0].value.has_value());
  EXPECT_TRUE(records[1].value.has_value());
}

TEST(DebeziumJson, CompositeKeyHasItsColumnsInKeyOrder) {
  TableDefinition table = orders();
  table.columns.push_back(column("shop", ColumnKind::kChar, false));
  table.key = {2, 0};
  const Cells after = {int64_t{7}, Text{"n"}, Text{"a\"b"}};
  const auto records = convert_all(*converter(), change(Operation::kCreate, table, {}, after));
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].key, R"({"shop":"a\"b","id":7})");
}

TEST(DebeziumJson, TableWithoutKeyHasNeitherKeysNorTombstones) {
  TableDefinition table = orders();
  table.key.clear();
  const Cells before = order(1, "a");
  const Cells after = order(2, "b");
  const auto plain = converter();
  const struct {
    Operation operation;
    char letter;
  } cases[] = {{Operation::kCreate, 'c'}, {Operation::kUpdate, 'u'}, {Operation::kDelete, 'd'}};
  for (const auto& c : cases) {
    const auto records = convert_all(*plain, change(c.operation, table, before, after));
    ASSERT_EQ(records.size(), 1U) << c.letter;
    EXPECT_EQ(records[0].key, std::nullopt);
    EXPECT_THAT(*records[0].value, HasSubstr(std::string(R"("op":")") + c.letter + '"'));
  }
}

TEST(DebeziumJson, SkippedOperationsLeaveTheBatchAlone) {
  const TableDefinition table = orders();
  const Cells before = order(1, "a");
  const Cells after = order(2, "b");
  const struct {
    char skipped;
    Operation operation;
  } cases[] = {{'c', Operation::kCreate}, {'u', Operation::kUpdate}, {'d', Operation::kDelete}};
  for (const auto& c : cases) {
    ConvertSettings some = settings();
    some.skipped_operations = {c.skipped};
    const auto skipping = converter(some);
    for (const Operation operation :
         {Operation::kCreate, Operation::kUpdate, Operation::kDelete, Operation::kRead}) {
      const auto records = convert_all(*skipping, change(operation, table, before, after));
      EXPECT_EQ(records.empty(), operation == c.operation) << c.skipped;
    }
  }
}

TEST(DebeziumJson, NamesAreEscaped) {
  TableDefinition table = orders();
  table.id = {"sal\"es", "or\\ders"};
  table.columns[0].name = "i\"d";
  const Cells after = order(1, "x");
  const auto records = convert_all(*converter(), change(Operation::kCreate, table, {}, after));
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].topic, "shop.sal_es.or_ders");
  EXPECT_EQ(records[0].key, R"({"i\"d":1})");
  EXPECT_THAT(*records[0].value, HasSubstr(R"({"i\"d":1,"note":"x"})"));
  EXPECT_THAT(*records[0].value, HasSubstr(R"("db":"sal\"es","table":"or\\ders")"));
}

TEST(DebeziumJson, SourceHasGtidAndThreadWhenTheServerGivesThem) {
  const TableDefinition table = orders();
  const Cells after = order(1, "x");
  model::Change created = change(Operation::kCreate, table, {}, after);
  created.origin.gtid = "0-1-7";
  created.origin.thread_id = 0;
  created.origin.mariadb = true;
  const auto records = convert_all(*converter(settings()), created);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_THAT(*records[0].value,
              HasSubstr(R"({"connector":"mariadb","name":"shop","ts_ms":1700000000123,)"
                        R"("snapshot":"false","db":"sales","table":"orders","server_id":11,)"
                        R"("gtid":"0-1-7","file":"binlog.000003","pos":4711,"row":2,"thread":0})"));
}

TEST(DebeziumJson, SourceHasTheFieldsAskedForInDebeziumsPlaces) {
  const TableDefinition table = orders();
  const Cells after = order(1, "x");
  ConvertSettings all = settings();
  all.source_fields = {kExtraSourceFields.begin(), kExtraSourceFields.end()};
  const auto full = converter(all);
  model::Change created = change(Operation::kCreate, table, {}, after);
  const std::string head =
      R"({"version":"1.2.3","connector":"mysql","name":"shop","ts_ms":1700000000123,)"
      R"("snapshot":"false","db":"sales","sequence":null,"ts_us":1700000000123456,)"
      R"("ts_ns":1700000000123456000,"table":"orders","server_id":11,"file":"binlog.000003",)"
      R"("pos":4711,"row":2,"query":)";
  EXPECT_THAT(*convert_all(*full, created)[0].value, HasSubstr(head + "null}"));
  created.origin.query = R"(UPDATE orders SET note = "x")";
  EXPECT_THAT(*convert_all(*full, created)[0].value,
              HasSubstr(head + R"("UPDATE orders SET note = \"x\""})"));
}

TEST(DebeziumJson, AbsentCellsAreLeftOut) {
  TableDefinition table = orders();
  table.columns.push_back(column("paid", ColumnKind::kInt));
  // The images of UPDATE with binlog_row_image=MINIMAL: key before, changed columns after.
  const Cells before = {int64_t{1}, Absent{}, Absent{}};
  const Cells after = {Absent{}, Absent{}, int64_t{5}};
  const auto records = convert_all(*converter(), change(Operation::kUpdate, table, before, after));
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].key, R"({"id":1})");
  EXPECT_EQ(records[0].value, envelope(R"({"id":1})", R"({"paid":5})", 'u'));
}

TEST(DebeziumJson, RowWithoutAnyCellIsAnEmptyObject) {
  TableDefinition table = orders();
  table.key.clear();
  const Cells none = {Absent{}, Absent{}};
  const auto records = convert_all(*converter(), change(Operation::kCreate, table, {}, none));
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].value, envelope("null", "{}", 'c'));
}

TEST(DebeziumJson, PlansFollowTheDefinitionOfEachRow) {
  const TableDefinition first = orders();
  TableDefinition second = orders();
  second.columns[1].name = "comment";
  const Cells after = order(1, "x");
  const auto both = converter();
  for (int round = 0; round < 2; ++round) {
    EXPECT_THAT(*convert_all(*both, change(Operation::kCreate, first, {}, after))[0].value,
                HasSubstr(R"("note":"x")"));
    EXPECT_THAT(*convert_all(*both, change(Operation::kCreate, second, {}, after))[0].value,
                HasSubstr(R"("comment":"x")"));
  }
}

/// Converts into a batch that holds a record already, and checks that the failure leaves it alone.
base::Error failure(DebeziumJsonConverter& with, const model::Change& failing) {
  const TableDefinition other_table = orders();
  const Cells kept = order(99, "kept");
  const auto other = converter();
  RecordBatch batch;
  EXPECT_TRUE(other->convert(change(Operation::kCreate, other_table, {}, kept), batch).ok());
  const std::string bytes = batch.bytes();
  auto result = with.convert(failing, batch);
  EXPECT_EQ(batch.size(), 1U);
  EXPECT_EQ(batch.bytes(), bytes);
  EXPECT_EQ(batch.record(0).key, R"({"id":99})");
  if (result.ok()) return {ErrorKind::kStopped, "did not fail"};
  return std::move(result).error();
}

TEST(DebeziumJson, CellOfAnotherTypeIsFatalAndNamesTheColumn) {
  const TableDefinition table = orders();
  const Cells before = order(1, "x");
  const Cells after = {int64_t{1}, int64_t{2}};
  const auto error = failure(*converter(), change(Operation::kUpdate, table, before, after));
  EXPECT_EQ(error.kind(), ErrorKind::kFatal);
  EXPECT_THAT(error.text(), HasSubstr("column note of table sales.orders"));
}

TEST(DebeziumJson, KeyChangeThatFailsMidwayLeavesNoDeleteBehind) {
  const TableDefinition table = orders();
  const Cells before = order(1, "x");
  const Cells after = {int64_t{2}, int64_t{2}};
  const auto error = failure(*converter(), change(Operation::kUpdate, table, before, after));
  EXPECT_EQ(error.kind(), ErrorKind::kFatal);
}

TEST(DebeziumJson, KeyCellOfAnotherTypeIsFatal) {
  const TableDefinition table = orders();
  const Cells after = {uint64_t{1}, Text{"x"}};
  const auto error = failure(*converter(), change(Operation::kCreate, table, {}, after));
  EXPECT_EQ(error.kind(), ErrorKind::kFatal);
  EXPECT_THAT(error.text(), HasSubstr("column id of table sales.orders"));
}

TEST(DebeziumJson, NanIsUnsupportedAndNamesTheColumn) {
  TableDefinition table = orders();
  table.columns[1].kind = ColumnKind::kDouble;
  const Cells after = {int64_t{1}, std::numeric_limits<double>::quiet_NaN()};
  const auto error = failure(*converter(), change(Operation::kCreate, table, {}, after));
  EXPECT_EQ(error.kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(error.text(), HasSubstr("column note of table sales.orders"));
}

TEST(DebeziumJson, MissingKeyCellIsUnsupportedAndNamesTheColumn) {
  const TableDefinition table = orders();
  const Cells before = {Absent{}, Text{"x"}};
  const auto error = failure(*converter(), change(Operation::kDelete, table, before, {}));
  EXPECT_EQ(error.kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(error.text(), HasSubstr("column id of table sales.orders"));
  EXPECT_THAT(error.text(), HasSubstr("binlog_row_image=FULL"));
}

TEST(DebeziumJson, RowWithAnotherColumnCountIsFatal) {
  const TableDefinition table = orders();
  const Cells shorter = {int64_t{1}};
  const Cells whole = order(1, "x");
  const auto plain = converter();
  EXPECT_EQ(failure(*plain, change(Operation::kCreate, table, {}, shorter)).kind(),
            ErrorKind::kFatal);
  EXPECT_EQ(failure(*plain, change(Operation::kUpdate, table, shorter, whole)).kind(),
            ErrorKind::kFatal);
  EXPECT_EQ(failure(*plain, change(Operation::kDelete, table, {}, {})).kind(), ErrorKind::kFatal);
}

TEST(DebeziumJson, SecondTableOfATopicIsAConfigError) {
  TableDefinition first = orders();
  first.id.table = "a$";
  TableDefinition second = orders();
  second.id.table = "a#";
  const Cells after = order(1, "x");
  const auto both = converter();
  EXPECT_EQ(convert_all(*both, change(Operation::kCreate, first, {}, after)).size(), 1U);
  const auto error = failure(*both, change(Operation::kCreate, second, {}, after));
  EXPECT_EQ(error.kind(), ErrorKind::kConfig);
  EXPECT_THAT(error.text(), HasSubstr("sales.a$ and sales.a#"));
}

TEST(DebeziumJsonCreate, RefusesSettingsThatItDoesNotKnow) {
  ConvertSettings no_prefix = settings();
  no_prefix.topic_prefix.clear();
  ConvertSettings operation = settings();
  operation.skipped_operations = {'x'};
  ConvertSettings field = settings();
  field.source_fields = {"ts_us", "ts_hours"};
  const struct {
    ConvertSettings with;
    std::string_view names;
  } cases[] = {{no_prefix, "topic.prefix"}, {operation, "operation x"}, {field, "ts_hours"}};
  for (const auto& c : cases) {
    const auto created = DebeziumJsonConverter::create(c.with);
    ASSERT_FALSE(created.ok()) << c.names;
    EXPECT_EQ(created.error().kind(), ErrorKind::kConfig);
    EXPECT_THAT(created.error().text(), HasSubstr(std::string(c.names)));
  }
}

}  // namespace
}  // namespace rowmill::convert
