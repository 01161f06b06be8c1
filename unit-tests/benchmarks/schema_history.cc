// SPDX-License-Identifier: Apache-2.0
//
// Writing and reading the schema history on a real broker: see README.md for how to run it.

#include <sys/resource.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "kafka/kafka_record_sink.h"
#include "kafka/kafka_schema_history.h"

namespace rowmill::kafka {
namespace {

using std::chrono::steady_clock;

double seconds_since(steady_clock::time_point begin) {
  return std::chrono::duration<double>(steady_clock::now() - begin).count();
}

/// The highest so far.
long resident_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

void require(const base::Result<void>& result) {
  if (result.ok()) return;
  std::fprintf(stderr, "%s\n", result.error().text().c_str());
  std::exit(1);
}

model::DeclaredTable table(size_t number, size_t change) {
  model::DeclaredTable table{.id = {"shop", "t" + std::to_string(number)},
                             .collation = "utf8mb4_0900_ai_ci"};
  using model::SqlType;
  constexpr SqlType kTypes[] = {SqlType::kInt, SqlType::kVarchar, SqlType::kDecimal,
                                SqlType::kDateTime, SqlType::kText};
  for (size_t i = 0; i < 30; ++i) {
    model::DeclaredColumn column{.name = "column_" + std::to_string(i), .type = kTypes[i % 5]};
    if (column.type == SqlType::kVarchar) column.length = 100;
    if (column.type == SqlType::kDecimal) column.length = 12;
    if (column.type == SqlType::kVarchar || column.type == SqlType::kText) {
      column.collation = table.collation;
    }
    table.columns.push_back(std::move(column));
  }
  table.columns.back().name = "change_" + std::to_string(change);
  table.keys = {{.name = "PRIMARY", .columns = {"column_0"}}};
  return table;
}

model::SchemaChange change_of(size_t number, size_t change, uint64_t place) {
  model::SchemaChange result;
  result.position = {"binlog.000001", place};
  result.sql = "ALTER TABLE t" + std::to_string(number) + " RENAME COLUMN a TO b";
  result.definitions.resize(1);
  result.definitions[0].after = table(number, change);
  result.definitions[0].id = result.definitions[0].after->id;
  if (change > 0) result.definitions[0].before = table(number, change - 1);
  return result;
}

class Bench {
 public:
  explicit Bench(KafkaSettings settings) : settings_(std::move(settings)), sink_(settings_) {
    require(sink_.lead({}));
  }

  /// Each `tables` are changed once before the next round.
  void write(size_t tables, size_t changes, size_t changes_a_transaction) {
    KafkaSchemaHistory history(settings_);
    read(history);
    const auto begin = steady_clock::now();
    connect::RecordBatch batch;
    for (size_t i = 0; i < changes; ++i) {
      place_ += 100;
      history.append(change_of(i % tables, i / tables, place_), batch);
      if ((i + 1) % changes_a_transaction != 0 && i + 1 != changes) continue;
      require(sink_.begin());
      require(sink_.send(batch, {}));
      require(sink_.commit({}));
      batch.clear();
    }
    std::printf("%zu changes of %zu tables written in %.1f s\n", changes, tables,
                seconds_since(begin));
  }

  /// `back`: how far before the last change the source offset lies.
  void read(KafkaSchemaHistory& history, uint64_t back = 0) {
    const long before = resident_kib();
    const auto begin = steady_clock::now();
    size_t found = 0;
    require(history.read({.position = {"binlog.000001", place_ - back}},
                         [&](const model::DeclaredTable&) -> base::Result<void> {
                           ++found;
                           return {};
                         },
                         {}));
    std::printf("%zu definitions read in %.3f s, peak resident %ld MiB before, %ld after\n", found,
                seconds_since(begin), before / 1024, resident_kib() / 1024);
  }
  void read(uint64_t back = 0) {
    KafkaSchemaHistory history(settings_);
    read(history, back);
  }

 private:
  const KafkaSettings settings_;
  KafkaRecordSink sink_;
  uint64_t place_ = 4;
};

}  // namespace
}  // namespace rowmill::kafka

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "schema_history HOST:PORT PREFIX TABLES CHANGES\n");
    return 1;
  }
  rowmill::kafka::KafkaSettings settings;
  settings.bootstrap_servers = argv[1];
  settings.topic_prefix = argv[2];
  settings.connector = settings.topic_prefix;
  settings.transactional_id = settings.topic_prefix + "-0";
  settings.offsets_topic = settings.topic_prefix + ".offsets";
  settings.offsets_topic_creation = {.partitions = 1, .replication_factor = 1};
  settings.history_topic = settings.topic_prefix + ".schema-history";
  const size_t tables = std::strtoul(argv[3], nullptr, 10);
  const size_t changes = std::strtoul(argv[4], nullptr, 10);
  rowmill::kafka::Bench bench(settings);
  bench.write(tables, changes, 20);
  for (int i = 0; i < 3; ++i) bench.read();
  // A tenth of the changes taken back.
  bench.read(changes / 10 * 100);
  return 0;
}
