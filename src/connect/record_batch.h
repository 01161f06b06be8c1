// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/source_offset.h"

namespace rowmill::connect {

struct Header {
  std::string_view name;
  std::string_view value;
};

/// One Kafka record as a sink sees it: views into its batch.
struct RecordView {
  std::string_view topic;
  /// Absent: no key, and the record goes to partition 0 of its topic so that the table stays in
  /// order. Present: the partition is murmur2(key) as Java's default partitioner computes it.
  std::optional<std::string_view> key;
  /// Absent: a tombstone.
  std::optional<std::string_view> value;
  std::span<const Header> headers;
  /// The record goes to partition 0 though it has a key.
  bool in_first_partition = false;
};

/// Records in stream order together with the bytes that they are made of, and how far the source
/// offset moves when all of them are in Kafka. Filled by one thread, then handed to another; never
/// touched by two at once. clear() keeps the memory for the next use.
///
/// A record is written in place: begin(), then append to bytes() and call the end_ function after
/// each part.
///
///     begin(topic)  (bytes of the key, end_key())?  (bytes of the value, end_value())?  end()
class RecordBatch {
 public:
  /// `topic` must outlive the batch: topics are interned by the router for the life of the task.
  void begin(const std::string& topic);
  void end_key();
  void end_value();
  void add_header(std::string_view name, std::string_view value);
  /// All records of the topic are to stay in order, whatever their keys.
  void put_in_first_partition() { open_.in_first_partition = true; }
  void end();
  /// Forgets what was written since begin(), for a converter that fails midway.
  void discard_open();

  /// The buffer that keys and values are appended to.
  [[nodiscard]] std::string& bytes() { return bytes_; }

  [[nodiscard]] size_t size() const { return entries_.size(); }
  [[nodiscard]] size_t byte_size() const { return bytes_.size(); }
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  /// Valid until the batch is changed; the headers until the next call of record().
  [[nodiscard]] RecordView record(size_t index) const;
  void clear();
  /// Drops all records after the first `records`, as if they had never been begun.
  void truncate(size_t records);

  /// Row changes that the records stand for (a key change makes three records of one change).
  uint64_t changes = 0;
  /// How far the offset moves when every record of this batch and of all before it is in Kafka.
  /// Absent when the batch ends within a source transaction whose cut offset is not wanted.
  std::optional<model::OffsetAdvance> advance;
  /// True if the batch ends where a source transaction ends; only there may one commit (G3), unless
  /// the transaction is cut.
  bool ends_transaction = false;

 private:
  struct Part {
    size_t begin = 0;
    size_t size = 0;
  };
  struct Entry {
    const std::string* topic = nullptr;
    Part key;
    Part value;
    bool has_key = false;
    bool has_value = false;
    bool in_first_partition = false;
    uint32_t first_header = 0;
    uint32_t header_count = 0;
  };
  struct StoredHeader {
    std::string name;
    std::string value;
  };

  std::string bytes_;
  std::vector<Entry> entries_;
  std::vector<StoredHeader> headers_;
  mutable std::vector<Header> header_views_;
  Entry open_;
  size_t open_begin_ = 0;
  size_t part_begin_ = 0;
};

}  // namespace rowmill::connect
