// SPDX-License-Identifier: Apache-2.0
#include "connect/record_batch.h"

#include <cassert>

namespace rowmill::connect {

void RecordBatch::begin(const std::string& topic) {
  open_ = Entry{};
  open_.topic = &topic;
  open_.first_header = static_cast<uint32_t>(headers_.size());
  open_begin_ = part_begin_ = bytes_.size();
}

void RecordBatch::end_key() {
  open_.key = {part_begin_, bytes_.size() - part_begin_};
  open_.has_key = true;
  part_begin_ = bytes_.size();
}

void RecordBatch::end_value() {
  open_.value = {part_begin_, bytes_.size() - part_begin_};
  open_.has_value = true;
  part_begin_ = bytes_.size();
}

void RecordBatch::add_header(std::string_view name, std::string_view value) {
  headers_.push_back({std::string(name), std::string(value)});
  ++open_.header_count;
}

void RecordBatch::end() {
  assert(open_.topic != nullptr);
  entries_.push_back(open_);
  open_ = Entry{};
}

void RecordBatch::discard_open() {
  assert(open_.topic != nullptr);
  bytes_.resize(open_begin_);
  headers_.resize(open_.first_header);
  open_ = Entry{};
}

RecordView RecordBatch::record(size_t index) const {
  const Entry& entry = entries_[index];
  const std::string_view all(bytes_);
  RecordView view;
  view.topic = *entry.topic;
  view.in_first_partition = entry.in_first_partition;
  if (entry.has_key) view.key = all.substr(entry.key.begin, entry.key.size);
  if (entry.has_value) view.value = all.substr(entry.value.begin, entry.value.size);
  if (entry.header_count != 0) {
    header_views_.clear();
    for (uint32_t i = 0; i < entry.header_count; ++i) {
      const StoredHeader& header = headers_[entry.first_header + i];
      header_views_.push_back({header.name, header.value});
    }
    view.headers = header_views_;
  }
  return view;
}

void RecordBatch::clear() {
  bytes_.clear();
  entries_.clear();
  headers_.clear();
  open_ = Entry{};
  changes = 0;
  advance.reset();
  ends_transaction = false;
}

void RecordBatch::truncate(size_t records) {
  if (records >= entries_.size()) return;
  const Entry& first_dropped = entries_[records];
  // A record's bytes start at its key, or at its value when it has none, or nowhere.
  const size_t from = first_dropped.has_key     ? first_dropped.key.begin
                      : first_dropped.has_value ? first_dropped.value.begin
                                                : bytes_.size();
  bytes_.resize(from);
  headers_.resize(first_dropped.first_header);
  entries_.resize(records);
}

}  // namespace rowmill::connect
