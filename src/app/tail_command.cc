// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <string>
#include <thread>

#include "app/commands.h"
#include "app/signal_waiter.h"
#include "app/task_settings.h"
#include "base/log.h"
#include "config/load.h"
#include "convert/debezium_json.h"
#include "source/binlog_source_task.h"

namespace rowmill::app {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

/// Nothing is remembered: every look at a source begins with its catalog.
class NoHistory : public connect::SchemaHistory {
 public:
  Result<void> start_over(connect::RecordBatch&, std::stop_token) override { return {}; }
  Result<void> read(const model::SourceOffset&, const Visit&, std::stop_token) override {
    return {};
  }
  void append(const model::SchemaChange&, connect::RecordBatch&) override {}
};

/// Prints each record as a line: {"topic":...,"key":...,"value":...,"headers":{...}}. Keys, values
/// and header values are JSON already; topic names hold no character that JSON escapes.
class RecordPrinter : public connect::ChangeConsumer {
 public:
  RecordPrinter(connect::Converter& converter, std::optional<uint64_t> limit)
      : converter_(converter), limit_(limit) {}

  Result<void> on_change(const model::Change& change, const model::OffsetAdvance&) override {
    batch_.clear();
    ROWMILL_TRY(converter_.convert(change, batch_));
    for (size_t i = 0; i < batch_.size(); ++i) {
      if (limit_ && printed_ >= *limit_) break;
      print(batch_.record(i));
      ++printed_;
    }
    if (limit_ && printed_ >= *limit_) return Error(ErrorKind::kStopped, "enough records");
    return {};
  }
  Result<void> on_schema_change(const model::SchemaChange&) override { return {}; }
  void on_table_forgotten(const model::TableDefinition& table) override {
    converter_.forget(table);
  }
  Result<void> on_boundary(const model::OffsetAdvance&) override { return flush(); }
  Result<void> on_idle() override { return flush(); }

 private:
  void print(const connect::RecordView& record) {
    std::cout << R"({"topic":")" << record.topic << R"(","key":)" << record.key.value_or("null")
              << R"(,"value":)" << record.value.value_or("null");
    for (size_t i = 0; i < record.headers.size(); ++i) {
      std::cout << (i == 0 ? R"(,"headers":{")" : R"(,")") << record.headers[i].name << R"(":)"
                << record.headers[i].value;
    }
    std::cout << (record.headers.empty() ? "}\n" : "}}\n");
  }
  Result<void> flush() {
    std::cout.flush();
    if (!std::cout) return Error(ErrorKind::kStopped, "the reader of our output is gone");
    return {};
  }

  connect::Converter& converter_;
  const std::optional<uint64_t> limit_;
  connect::RecordBatch batch_;
  uint64_t printed_ = 0;
};

Result<void> follow(source::BinlogSourceTask& source, RecordPrinter& printer,
                    std::stop_token stop) {
  ROWMILL_ASSIGN(const auto offset, source.initial_offset(stop));
  NoHistory history;
  ROWMILL_TRY(source.open(offset, history, stop));
  while (true) ROWMILL_TRY(source.poll(printer, stop));
}

}  // namespace

ExitCode tail_command(const TailOptions& options) {
  auto loaded = config::load_connector_only(options.connector);
  if (!loaded.ok()) {
    std::cerr << loaded.error().text() << '\n';
    return ExitCode::kConfig;
  }
  const auto& connector = loaded->connectors.front();
  auto settings = beside_a_worker(source_settings(loaded->worker, connector));
  if (options.from) settings.start_position = *options.from;
  auto source = source::BinlogSourceTask::create(std::move(settings));
  auto converter = convert::DebeziumJsonConverter::create(convert_settings(connector));
  for (const auto* error :
       {source.ok() ? nullptr : &source.error(), converter.ok() ? nullptr : &converter.error()}) {
    if (error == nullptr) continue;
    std::cerr << "rowmill: " << error->text() << '\n';
    return exit_code_of(error->kind());
  }

  SignalWaiter signals;
  RecordPrinter printer(**converter, options.limit);
  Result<void> result;
  std::jthread reader([&](std::stop_token stop) {
    result = follow(**source, printer, std::move(stop));
    signals.done();
  });
  signals.wait(std::nullopt);
  reader.request_stop();
  reader.join();
  std::cout.flush();
  if (result.ok() || result.error().kind() == ErrorKind::kStopped) return ExitCode::kSuccess;
  std::cerr << "rowmill: " << result.error().text() << '\n';
  return exit_code_of(result.error().kind());
}

}  // namespace rowmill::app
