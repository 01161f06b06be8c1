// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/waiting.h"
#include "connect/converter.h"
#include "connect/leadership.h"
#include "connect/offset_store.h"
#include "connect/record_sink.h"
#include "connect/source_task.h"

namespace rowmill::runtime {

/// What a broker keeps: the committed records and the offset that was committed with them, and
/// whose epoch is the latest. Thread-safe.
class FakeKafka {
 public:
  struct Transaction {
    std::vector<std::string> records;
    std::optional<connect::StoredOffset> offset;
  };

  int fence() {
    const std::lock_guard lock(mutex_);
    return ++epoch_;
  }
  bool is_current(int epoch) const {
    const std::lock_guard lock(mutex_);
    return epoch == epoch_;
  }
  void commit(const Transaction& transaction) {
    const std::lock_guard lock(mutex_);
    records_.insert(records_.end(), transaction.records.begin(), transaction.records.end());
    if (transaction.offset) stored_ = transaction.offset;
    ++commits_;
    if (on_commit) on_commit(records_.size(), stored_ ? stored_->offset.position.offset : 0);
  }
  std::vector<std::string> records() const {
    const std::lock_guard lock(mutex_);
    return records_;
  }
  std::optional<connect::StoredOffset> stored() const {
    const std::lock_guard lock(mutex_);
    return stored_;
  }
  void store(std::optional<connect::StoredOffset> offset) {
    const std::lock_guard lock(mutex_);
    stored_ = std::move(offset);
  }

  /// With the number of records so far and the offset stored last. Called under the lock.
  std::function<void(size_t committed, uint64_t offset)> on_commit;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> records_;
  std::optional<connect::StoredOffset> stored_;
  int epoch_ = 0;
  int commits_ = 0;
};

/// What goes wrong at one call of the sink.
struct Fault {
  enum class What {
    kNone,
    /// The call fails with this kind and has no effect.
    kFails,
    /// commit() does its work and then says that it failed.
    kSucceedsButFails,
    /// The call works, and the producer is suspect from then on.
    kSuspect,
    /// Somebody else fences us before the call.
    kFencedByAnother,
  };
  What what = What::kNone;
  base::ErrorKind kind = base::ErrorKind::kRetry;
};

class FakeSink : public connect::RecordSink {
 public:
  explicit FakeSink(FakeKafka& kafka) : kafka_(kafka) {}

  /// Which fault the n-th call of the sink meets (all kinds of calls count, from 0).
  std::function<Fault(int call, const std::string& name)> fault_at;
  std::vector<std::string> calls;

  base::Result<void> lead(std::stop_token) override {
    ROWMILL_TRY(enter("lead"));
    epoch_ = kafka_.fence();
    suspect_ = false;
    return {};
  }
  base::Result<void> begin() override {
    ROWMILL_TRY(enter("begin"));
    open_ = FakeKafka::Transaction{};
    return check_epoch();
  }
  base::Result<void> send(const connect::RecordBatch& batch, std::stop_token) override {
    ROWMILL_TRY(enter("send"));
    for (size_t i = 0; i < batch.size(); ++i)
      open_.records.emplace_back(batch.record(i).value.value_or("tombstone"));
    return check_epoch();
  }
  base::Result<void> send_offset(const connect::StoredOffset& offset) override {
    ROWMILL_TRY(enter("send_offset"));
    open_.offset = offset;
    return {};
  }
  base::Result<void> commit(std::stop_token) override {
    const Fault fault = next_fault("commit");
    if (fault.what == Fault::What::kFails) return base::Error(fault.kind, "commit failed");
    ROWMILL_TRY(check_epoch());
    kafka_.commit(open_);
    if (fault.what == Fault::What::kSuspect) suspect_ = true;
    if (fault.what == Fault::What::kSucceedsButFails) {
      return base::Error(base::ErrorKind::kUnclear, "commit may have happened");
    }
    return {};
  }
  base::Result<void> abort(std::stop_token) override {
    ROWMILL_TRY(enter("abort"));
    open_ = {};
    return check_epoch();
  }
  bool suspect() const override { return suspect_; }
  void close() override { epoch_ = 0; }

 private:
  Fault next_fault(const std::string& name) {
    calls.push_back(name);
    const Fault fault = fault_at ? fault_at(call_, name) : Fault{};
    ++call_;
    if (fault.what == Fault::What::kFencedByAnother) kafka_.fence();
    return fault;
  }
  base::Result<void> enter(const std::string& name) {
    const Fault fault = next_fault(name);
    if (fault.what == Fault::What::kFails) return base::Error(fault.kind, name + " failed");
    if (fault.what == Fault::What::kSuspect) suspect_ = true;
    return {};
  }
  base::Result<void> check_epoch() {
    if (kafka_.is_current(epoch_)) return {};
    return base::Error(base::ErrorKind::kFenced, "a newer producer is there");
  }

  FakeKafka& kafka_;
  FakeKafka::Transaction open_;
  int epoch_ = 0;
  int call_ = 0;
  bool suspect_ = false;
};

class FakeOffsetStore : public connect::OffsetStore {
 public:
  explicit FakeOffsetStore(FakeKafka& kafka) : kafka_(kafka) {}
  base::Result<std::optional<connect::StoredOffset>> read(std::stop_token) override {
    return kafka_.stored();
  }

 private:
  FakeKafka& kafka_;
};

/// A binlog of transactions; transaction n lies at [n, n + 1) of its file and has `rows` changes.
class FakeSource : public connect::SourceTask {
 public:
  struct Transaction {
    uint32_t rows = 1;
    bool captured = true;
    /// Changes definitions before its rows.
    bool schema_change = false;
  };
  std::vector<Transaction> transactions;
  std::vector<model::SourceOffset> opened;
  /// What poll() of a transaction returns once instead of delivering it.
  std::function<std::optional<base::Error>(size_t transaction)> fault_at;

  base::Result<model::SourceOffset> initial_offset(std::stop_token) override {
    return model::SourceOffset{.position = {"binlog", 0}};
  }
  base::Result<void> open(const model::SourceOffset& offset, connect::SchemaHistory& history,
                          std::stop_token stop) override {
    ROWMILL_TRY(history.read(
        offset, [](auto) { return base::Result<void>(); }, stop));
    opened.push_back(offset);
    next_ = offset.position.offset;
    skip_rows_ = offset.rows;
    return {};
  }
  base::Result<void> poll(connect::ChangeConsumer& consumer, std::stop_token stop) override {
    if (stop.stop_requested()) return base::Error(base::ErrorKind::kStopped, "stopped");
    if (next_ >= transactions.size()) {
      base::wait_for(std::chrono::milliseconds(1), stop);
      return consumer.on_idle();
    }
    if (fault_at) {
      if (auto error = fault_at(next_)) return *error;
    }
    const Transaction& transaction = transactions[next_];
    if (transaction.schema_change && skip_rows_ == 0) {
      model::SchemaChange change;
      change.position = {"binlog", next_};
      ROWMILL_TRY(consumer.on_schema_change(change));
    }
    for (uint32_t row = static_cast<uint32_t>(skip_rows_);
         transaction.captured && row < transaction.rows; ++row) {
      model::Change change;
      change.origin.offset = next_;
      change.origin.row = row;
      const model::OffsetAdvance cut{.position = {"binlog", next_}, .events = 1, .rows = row + 1};
      ROWMILL_TRY(consumer.on_change(change, cut));
    }
    skip_rows_ = 0;
    ++next_;
    return consumer.on_boundary(model::OffsetAdvance{.position = {"binlog", next_}});
  }
  void close() override {}

  /// "transaction:row" of every captured row, and "schema transaction", in order.
  std::vector<std::string> all_rows() const {
    std::vector<std::string> rows;
    for (size_t t = 0; t < transactions.size(); ++t) {
      if (transactions[t].schema_change) rows.push_back("schema " + std::to_string(t));
      for (uint32_t row = 0; transactions[t].captured && row < transactions[t].rows; ++row) {
        rows.push_back(std::to_string(t) + ":" + std::to_string(row));
      }
    }
    return rows;
  }

 private:
  uint64_t next_ = 0;
  uint64_t skip_rows_ = 0;
};

class FakeConverter : public connect::Converter {
 public:
  base::Result<void> convert(const model::Change& change, connect::RecordBatch& batch) override {
    batch.begin(topic_);
    batch.bytes() += std::to_string(change.origin.offset) + ":" + std::to_string(change.origin.row);
    batch.end_value();
    batch.end();
    return {};
  }
  void forget(const model::TableDefinition&) override {}
  base::Result<void> convert_schema(const model::SchemaChange&, connect::RecordBatch&) override {
    return {};
  }

 private:
  const std::string topic_ = "topic";
};

/// Keeps a change as the record "schema <position>", and what it forgets as one without value.
class FakeHistory : public connect::SchemaHistory {
 public:
  /// Whether there is something to forget.
  bool has_earlier_life = false;
  std::vector<model::SourceOffset> read_for;

  base::Result<void> start_over(connect::RecordBatch& batch, std::stop_token) override {
    if (!has_earlier_life) return {};
    batch.begin(topic_);
    batch.end();
    return {};
  }
  base::Result<void> read(const model::SourceOffset& offset, const Visit&,
                          std::stop_token) override {
    read_for.push_back(offset);
    return {};
  }
  void append(const model::SchemaChange& change, connect::RecordBatch& batch) override {
    batch.begin(topic_);
    batch.bytes() += "schema " + std::to_string(change.position.offset);
    batch.end_value();
    batch.end();
  }

 private:
  const std::string topic_ = "history";
};

class FakeLeadership : public connect::Leadership {
 public:
  std::function<bool()> leads = [] { return true; };
  int awaited = 0;
  base::Result<void> await(std::stop_token) override {
    ++awaited;
    return {};
  }
  base::Result<bool> still_leads() override { return leads(); }
};

}  // namespace rowmill::runtime
