// SPDX-License-Identifier: Apache-2.0
//
// Feeds a stream of events to EventDecoder and reads everything in them: the rows of tables whose
// map came before, and the events inside transaction payloads. See event_stream.h for the input.

#include <cstdint>
#include <cstdlib>
#include <map>

#include "base/byte_reader.h"
#include "binlog/event_decoder.h"
#include "binlog/rows_reader.h"
#include "binlog/transaction_payload.h"
#include "fuzz/event_stream.h"
#include "support/binlog_file.h"
#include "support/event_bytes.h"

namespace rowmill::test {
namespace {

using namespace binlog;

class Session {
 public:
  explicit Session(bool mariadb) {
    if (!decoder_.decode(mariadb ? mariadb_format() : mysql_format()).ok()) std::abort();
  }

  void feed(std::span<const std::byte> event) {
    if (event.size() < kEventHeaderBytes) return;
    event_.assign(event.begin(), event.end());
    repair();
    const auto decoded = decoder_.decode(event_);
    if (decoded.ok()) read(*decoded, /*inner=*/false);
  }

 private:
  /// The size in the header, and the checksum that a format description always has.
  void repair() {
    constexpr size_t kTypeAt = 4;
    constexpr size_t kSizeAt = 9;
    constexpr size_t kChecksumBytes = 4;
    const Bytes size = little_endian(event_.size(), 4);
    std::copy(size.begin(), size.end(), event_.begin() + kSizeAt);
    const bool has_checksum =
        static_cast<EventType>(event_[kTypeAt]) == EventType::kFormatDescription &&
        event_.size() >= kEventHeaderBytes + kChecksumBytes;
    if (!has_checksum) return;
    event_.resize(event_.size() - kChecksumBytes);
    event_ = with_checksum(std::move(event_));
  }

  void read(const Event& event, bool inner) {
    if (const auto* map = std::get_if<TableMap>(&event.body)) {
      layouts_[map->id] = layout_with_text(*map);
    } else if (const auto* rows = std::get_if<Rows>(&event.body)) {
      const auto layout = layouts_.find(rows->table);
      if (layout != layouts_.end()) read_rows(*rows, layout->second);
    } else if (const auto* payload = std::get_if<TransactionPayload>(&event.body)) {
      if (inner) std::abort();
      read_payload(*payload);
    }
  }

  /// Every other column of strings is text.
  static RowLayout layout_with_text(const TableMap& map) {
    RowLayout layout = layout_of(map);
    for (size_t i = 0; i < layout.cells.size(); i += 2) {
      layout.cells[i].charset = Charset::find("utf8mb4");
    }
    return layout;
  }

  /// What can be read can be skipped, and gives the same number of rows.
  void read_rows(const Rows& rows, const RowLayout& layout) {
    RowsReader reader(rows, layout, scratch_);
    auto more = reader.next();
    while (more.ok() && *more) more = reader.next();
    if (!more.ok()) return;

    RowsReader skipper(rows, layout, scratch_);
    auto skipped = skipper.skip();
    while (skipped.ok() && *skipped) skipped = skipper.skip();
    if (!skipped.ok() || skipper.row() != reader.row()) std::abort();
  }

  void read_payload(const TransactionPayload& payload) {
    TransactionPayloadReader reader(payload);
    while (true) {
      const auto next = reader.next();
      if (!next.ok() || !*next) return;
      const auto event = decoder_.decode_inner(**next);
      if (event.ok()) read(*event, /*inner=*/true);
    }
  }

  EventDecoder decoder_{ChecksumAlgorithm::kNone};
  Bytes event_;
  std::map<MapId, RowLayout> layouts_;
  RowsReader::Scratch scratch_;
};

}  // namespace
}  // namespace rowmill::test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  rowmill::base::ByteReader stream(std::as_bytes(std::span(data, size)));
  rowmill::test::Session session((stream.u8() & 1) != 0);
  while (const auto event = rowmill::test::next_event(stream)) session.feed(*event);
  return 0;
}
