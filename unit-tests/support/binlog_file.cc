// SPDX-License-Identifier: Apache-2.0
#include "support/binlog_file.h"

#include <fstream>
#include <iterator>
#include <span>
#include <string_view>

#include "binlog/event_decoder.h"

namespace rowmill::test {

using base::Error;
using base::ErrorKind;
using base::Result;

Result<std::vector<std::vector<std::byte>>> read_binlog_file(const std::string& path) {
  constexpr std::string_view kMagic = "\xfe\x62\x69\x6e";
  constexpr size_t kFlagsAt = 17;
  constexpr std::byte kInUse{0x01};
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error(ErrorKind::kConfig, "cannot read " + path);
  const std::string content(std::istreambuf_iterator<char>(file), {});
  if (!content.starts_with(kMagic)) return Error(ErrorKind::kCorrupt, path + " is no binlog");

  std::vector<std::vector<std::byte>> events;
  auto rest = std::as_bytes(std::span(content)).subspan(kMagic.size());
  while (!rest.empty()) {
    ROWMILL_ASSIGN(const binlog::EventHeader header, binlog::EventDecoder::peek_header(rest));
    if (header.size < binlog::kEventHeaderBytes || header.size > rest.size()) {
      return Error(ErrorKind::kCorrupt, path + " is cut short");
    }
    auto& event = events.emplace_back(rest.begin(), rest.begin() + header.size);
    if (header.type == binlog::EventType::kFormatDescription) event[kFlagsAt] &= ~kInUse;
    rest = rest.subspan(header.size);
  }
  return events;
}

binlog::RowLayout layout_of(const binlog::TableMap& map) {
  using binlog::FieldType;
  constexpr size_t kInventedEnumLabels = 300;
  constexpr size_t kMaxSetLabels = 64;
  binlog::RowLayout layout;
  for (const binlog::MapColumn& column : map.columns) {
    binlog::CellFormat& cell = layout.cells.emplace_back();
    cell.type = column.type;
    cell.metadata = column.metadata;
    cell.is_unsigned = column.is_unsigned;
    cell.labels.assign(column.labels.begin(), column.labels.end());
    if (!cell.labels.empty()) continue;
    if (column.type == FieldType::kEnum) cell.labels.assign(kInventedEnumLabels, "label");
    if (column.type == FieldType::kSet) cell.labels.assign(kMaxSetLabels, "label");
  }
  return layout;
}

}  // namespace rowmill::test
