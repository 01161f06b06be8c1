// SPDX-License-Identifier: Apache-2.0
#include "mysql/dump_commands.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <span>
#include <utility>

namespace rowmill::mysql {
namespace {

class ByteWriter {
 public:
  void number(uint64_t value, size_t width) {
    for (size_t i = 0; i < width; ++i) bytes_.push_back(static_cast<std::byte>(value >> (8 * i)));
  }
  void bytes(std::span<const std::byte> content) {
    bytes_.insert(bytes_.end(), content.begin(), content.end());
  }
  void text(std::string_view content) { bytes(std::as_bytes(std::span(content))); }

  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

}  // namespace

std::string_view reported_host(std::string_view host) {
  return host.substr(0, kMaxReportedHostBytes);
}

std::vector<std::byte> encode_register_replica(uint32_t server_id, std::string_view host) {
  const auto shown = reported_host(host);
  ByteWriter out;
  out.number(server_id, 4);
  out.number(shown.size(), 1);
  out.text(shown);
  out.number(0, 1);  // user
  out.number(0, 1);  // password
  out.number(0, 2);  // port
  out.number(0, 4);  // rank, unused by the servers
  out.number(0, 4);  // source id, filled in by the server
  return out.take();
}

std::vector<std::byte> encode_binlog_dump(uint32_t server_id, uint16_t flags,
                                          const model::Position& from) {
  assert(from.offset <= std::numeric_limits<uint32_t>::max());
  ByteWriter out;
  out.number(from.offset, 4);
  out.number(flags, 2);
  out.number(server_id, 4);
  out.text(from.file);
  return out.take();
}

std::vector<std::byte> encode_binlog_dump_gtid(uint32_t server_id, uint16_t flags,
                                               const model::Position& from,
                                               const model::MysqlGtidSet& executed) {
  const auto set = encode_gtid_set(executed);
  ByteWriter out;
  out.number(flags, 2);
  out.number(server_id, 4);
  out.number(from.file.size(), 4);
  out.text(from.file);
  out.number(from.offset, 8);
  out.number(set.size(), 4);
  out.bytes(set);
  return out.take();
}

std::vector<std::byte> encode_gtid_set(const model::MysqlGtidSet& set) {
  const auto& sources = set.sources();
  const bool tagged =
      std::ranges::any_of(sources, [](const auto& entry) { return !entry.first.tag.empty(); });
  ByteWriter out;
  if (tagged) {
    out.number(1, 1);
    out.number(sources.size(), 6);
    out.number(1, 1);
  } else {
    out.number(sources.size(), 8);
  }
  for (const auto& [source, intervals] : sources) {
    out.bytes(std::as_bytes(std::span(source.uuid.bytes)));
    if (tagged) {
      out.number(source.tag.size() << 1, 1);
      out.text(source.tag);
    }
    out.number(intervals.size(), 8);
    for (const auto& interval : intervals) {
      out.number(interval.first, 8);
      out.number(interval.last + 1, 8);
    }
  }
  return out.take();
}

}  // namespace rowmill::mysql
