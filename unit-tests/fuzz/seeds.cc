// SPDX-License-Identifier: Apache-2.0
//
// seeds DIR BINLOG...: turns recorded binlogs, and the cells in testdata/values, into inputs of the
// fuzzers, in DIR/<fuzzer>/.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <variant>

#include "binlog/cell_cases.h"
#include "binlog/event_decoder.h"
#include "binlog/transaction_payload.h"
#include "fuzz/event_stream.h"
#include "fuzz/gtid_input.h"
#include "fuzz/row_image_input.h"
#include "schema/ddl_shapes.h"
#include "support/binlog_file.h"
#include "support/event_bytes.h"
#include "support/json_binary.h"

namespace rowmill::test {
namespace {

using namespace binlog;

Bytes copy(std::span<const std::byte> bytes) { return {bytes.begin(), bytes.end()}; }

/// Numbers the inputs of each fuzzer.
class SeedFolder {
 public:
  explicit SeedFolder(std::filesystem::path path) : path_(std::move(path)) {}

  void write(const std::string& fuzzer, const Bytes& seed) {
    const auto folder = path_ / fuzzer;
    std::filesystem::create_directories(folder);
    std::ofstream(folder / std::to_string(written_++), std::ios::binary)
        .write(reinterpret_cast<const char*>(seed.data()),
               static_cast<std::streamsize>(seed.size()));
  }

 private:
  std::filesystem::path path_;
  size_t written_ = 0;
};

/// The parts of one binlog, each to the fuzzers that read it.
class BinlogSeeds {
 public:
  BinlogSeeds(SeedFolder& seeds, Flavor flavor)
      : seeds_(seeds), flavor_(hex(flavor == Flavor::kMariadb ? "01" : "00")) {}

  EventDecoder& decoder() { return decoder_; }

  /// `bytes` without its checksum.
  void add(const Event& event, std::span<const std::byte> bytes) {
    add_to_stream(event, bytes);
    add_parts(event, bytes);
  }

  void finish() {
    seeds_.write("events", flavor_ + transaction_);
    seeds_.write("events", flavor_ + whole_);
  }

 private:
  void add_to_stream(const Event& event, std::span<const std::byte> bytes) {
    const bool starts = std::holds_alternative<MysqlGtidEvent>(event.body) ||
                        std::holds_alternative<MariadbGtidEvent>(event.body);
    if (starts) {
      seeds_.write("events", flavor_ + transaction_);
      transaction_.clear();
    }
    const Bytes counted = little_endian(bytes.size(), kLengthBytes) + copy(bytes);
    transaction_ = std::move(transaction_) + counted;
    whole_ = std::move(whole_) + counted;
  }

  void add_parts(const Event& event, std::span<const std::byte> bytes) {
    body_ = copy(bytes.subspan(kEventHeaderBytes));
    header_ = event.header;
    std::visit([this](const auto& body) { add_part(body); }, event.body);
  }

  template <typename Other>
  void add_part(const Other&) {}
  void add_part(const Query& query) {
    seeds_.write("ddl", flavor_ + text(query.sql));
    const bool packed = header_.type == EventType::kQueryCompressed;
    if (!packed) seeds_.write("query_events", body_);
  }
  void add_part(const TableMap& map) {
    seeds_.write("table_map", flavor_ + body_);
    layouts_[map.id] = layout_of(map);
    for (size_t i = 0; i < map.columns.size(); ++i) {
      const bool text = map.columns[i].collation != 0 && map.columns[i].collation != 63;
      if (text) layouts_[map.id].cells[i].charset = Charset::find("utf8mb4");
    }
  }
  void add_part(const Rows& rows) {
    seeds_.write("row_images", row_image_input(rows, layouts_[rows.table]));
  }
  void add_part(const PreviousGtids& gtids) {
    add_gtids(GtidForm::kPreviousGtids, body_);
    add_gtids(GtidForm::kText, text(gtids.set.text()));
  }
  void add_part(const GtidList& list) {
    add_gtids(GtidForm::kGtidList, body_);
    add_gtids(GtidForm::kText, text(list.state.text()));
  }
  void add_part(const MariadbGtidEvent&) { add_gtids(GtidForm::kMariadbGtid, body_); }
  void add_part(const MysqlGtidEvent& gtid) {
    const bool tagged = header_.type == EventType::kGtidTagged;
    add_gtids(tagged      ? GtidForm::kTagged
              : gtid.gtid ? GtidForm::kPlain
                          : GtidForm::kAnonymous,
              body_);
  }
  void add_part(const TransactionPayload& payload) {
    seeds_.write("transaction_payload", hex("00") + body_);
    TransactionPayloadReader reader(payload);
    Bytes inside;
    while (true) {
      const auto next = reader.next();
      if (!next.ok() || !*next) break;
      inside = inside + copy(**next);
      const auto inner = decoder_.decode_inner(**next);
      if (inner.ok()) add_parts(*inner, **next);
    }
    seeds_.write("transaction_payload", hex("01") + inside);
  }

  void add_gtids(GtidForm form, const Bytes& rest) {
    seeds_.write("gtid_sets", little_endian(static_cast<uint64_t>(form), 1) + rest);
  }

  SeedFolder& seeds_;
  Bytes flavor_;
  EventDecoder decoder_{ChecksumAlgorithm::kNone};
  Bytes transaction_;
  Bytes whole_;
  Bytes body_;
  EventHeader header_;
  std::map<MapId, RowLayout> layouts_;
};

base::Result<void> add_binlog(const std::string& path, SeedFolder& seeds) {
  constexpr size_t kChecksumBytes = 4;
  ROWMILL_ASSIGN(const auto events, read_binlog_file(path));
  EventDecoder first(ChecksumAlgorithm::kNone);
  ROWMILL_ASSIGN(const Event start, first.decode(events.front()));
  const auto& format = std::get<FormatDescription>(start.body);
  const size_t checksum = format.checksum == ChecksumAlgorithm::kCrc32 ? kChecksumBytes : 0;

  BinlogSeeds parts(seeds, format.flavor);
  ROWMILL_TRY(parts.decoder().decode(events.front()));
  for (size_t i = 1; i < events.size(); ++i) {
    ROWMILL_ASSIGN(const Event event, parts.decoder().decode(events[i]));
    parts.add(event, std::span(events[i]).first(events[i].size() - checksum));
  }
  parts.finish();
  return {};
}

/// A row of one column for each recorded cell; documents alone as well.
void add_cells(SeedFolder& seeds) {
  constexpr size_t kLargest = 4096;
  const Bytes present = hex("01");
  for (const auto& file : std::filesystem::directory_iterator(ROWMILL_TESTDATA "/values")) {
    if (file.path().extension() != ".txt") continue;
    for (const CellCase& each : read_cell_cases(file.path().stem().string())) {
      if (each.cell.size() > kLargest) continue;
      const RowLayout layout{{*each.format}};
      const Bytes images = hex("00") + text(each.cell);
      seeds.write(
          "row_images",
          row_image_input(
              {.kind = RowsKind::kWrite, .column_count = 1, .present = present, .images = images},
              layout));
      if (each.format->type == FieldType::kJson) {
        seeds.write("json_binary", text(std::string_view(each.cell).substr(each.format->metadata)));
      }
    }
  }
}

/// Statements of DDL as each brand reads them.
void add_ddl(SeedFolder& seeds) {
  for (const auto& shapes : schema::kShapes) {
    for (const schema::DdlCase& known : shapes) {
      const bool ansi = (known.sql_mode & schema::sql_mode::kAnsiQuotes) != 0;
      seeds.write("ddl", hex(ansi ? "02" : "00") + text(known.sql));
      seeds.write("ddl", hex("01") + text(known.sql));
      if (known.sql_mode != 0) seeds.write("ddl", hex("3f") + text(known.sql));
    }
  }
}

/// One difference of each operation and each form of path, on its own and after the others.
void add_json_diffs(SeedFolder& seeds) {
  const Bytes before = json_binary(R"({"a": [1, "two", {"b": null}], "": -1.5, "odd key": true})");
  const Bytes head = little_endian(before.size(), 2) + before;
  const auto diff = [](uint64_t operation, std::string_view path, std::string_view value) {
    const Bytes binary = value.empty() ? Bytes{} : json_binary(value);
    const Bytes counted_value = value.empty() ? Bytes{} : little_endian(binary.size(), 1) + binary;
    return little_endian(operation, 1) + little_endian(path.size(), 1) + text(path) + counted_value;
  };
  Bytes all;
  for (const Bytes& each :
       {diff(0, "$.a[1]", "\"other\""), diff(0, R"($."odd key")", "[{}]"),
        diff(0, "$.a[last]", "7"), diff(1, "$.a[0]", "70000"), diff(1, "$.a[99]", "{\"c\": 1e100}"),
        diff(1, "$.new", "[]"), diff(1, "$.new[0]", "{\"deep\": [1]}"), diff(2, "$.a[0]", ""),
        diff(2, R"($."")", "")}) {
    all = all + each;
    seeds.write("json_diffs", head + each);
    seeds.write("json_diffs", head + all);
  }
}

}  // namespace
}  // namespace rowmill::test

int main(int argc, char** argv) {
  rowmill::test::SeedFolder seeds(argv[1]);
  for (int i = 2; i < argc; ++i) {
    const auto added = rowmill::test::add_binlog(argv[i], seeds);
    if (!added.ok()) {
      std::cerr << argv[i] << ": " << added.error().text() << "\n";
      return 1;
    }
  }
  rowmill::test::add_cells(seeds);
  rowmill::test::add_json_diffs(seeds);
  rowmill::test::add_ddl(seeds);
  return 0;
}
