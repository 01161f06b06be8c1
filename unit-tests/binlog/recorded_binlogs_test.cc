// SPDX-License-Identifier: Apache-2.0
//
// Walks the binlogs in testdata/binlog, recorded from real servers by record.sh. What the decoder
// makes of NAME.binlog is compared with NAME.events, which can be read beside NAME.sql. After a new
// recording run the test with ROWMILL_REWRITE=1 in the environment and look at what has changed.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "binlog/event_decoder.h"
#include "binlog/rows_reader.h"
#include "binlog/transaction_payload.h"
#include "support/binlog_file.h"
#include "support/event_bytes.h"

namespace rowmill::binlog {
namespace {

using base::ErrorKind;
using test::operator+;
using test::Bytes;

std::string one_line(std::string_view sql) {
  std::string line(sql);
  for (char& c : line) {
    if (c == '\n') c = ' ';
  }
  return line;
}

std::string describe_column(const MapColumn& column) {
  std::ostringstream out;
  out << "    " << column.name << " " << static_cast<unsigned>(column.type) << "("
      << column.metadata << ")";
  if (column.is_unsigned) out << " unsigned";
  if (!column.nullable) out << " not null";
  if (column.collation != 0) out << " collation " << column.collation;
  if (!column.labels.empty()) out << " " << column.labels.size() << " labels";
  if (!column.visible) out << " invisible";
  if (column.geometry_type != 0) out << " geometry " << unsigned{column.geometry_type};
  return out.str() + "\n";
}

/// A letter for each cell: v a value, N NULL, - absent.
std::string describe_cells(std::span<const model::Value> cells) {
  std::string text = cells.empty() ? "" : " ";
  for (const model::Value& cell : cells) {
    const bool absent = std::holds_alternative<model::Absent>(cell);
    const bool null = std::holds_alternative<model::Null>(cell);
    text += absent ? '-' : null ? 'N' : 'v';
  }
  return text;
}

/// The JSON documents and differences of a row, each on a line.
std::string describe_documents(std::span<const model::Value> cells) {
  std::string lines;
  for (const model::Value& cell : cells) {
    if (const auto* text = std::get_if<model::JsonText>(&cell)) {
      lines += "      " + std::string(text->utf8) + "\n";
    } else if (const auto* diffs = std::get_if<model::JsonDiffs>(&cell)) {
      lines += "      changes " + std::string(diffs->json) + "\n";
    }
  }
  return lines;
}

/// Decodes a file's events one after the other, the inner ones too, and writes down what they are;
/// leaves out what differs from one recording to the next.
class Transcript {
 public:
  void add(std::span<const std::byte> bytes) {
    const auto event = decoder_.decode(bytes);
    ASSERT_TRUE(event.ok()) << event.error().text();
    add_event(*event, "");
    check_place(event->header);
    check_length(*event);
  }

  [[nodiscard]] std::string text() const { return out_.str(); }

 private:
  void add_event(const Event& event, const std::string& indent) {
    out_ << indent << describe(event.header.type);
    std::visit([&](const auto& body) { add_body(body); }, event.body);
  }

  void add_body(const Skipped&) { out_ << ": skipped\n"; }
  void add_body(const NotSupported&) { out_ << ": not supported\n"; }
  void add_body(const Rotate&) { out_ << "\n"; }
  void add_body(const FormatDescription& body) {
    out_ << (body.flavor == Flavor::kMysql ? " MySQL" : " MariaDB")
         << (body.checksum == ChecksumAlgorithm::kNone ? " no checksums\n" : " crc32\n");
  }
  void add_body(const PreviousGtids& body) {
    size_t tagged = 0;
    for (const auto& [source, intervals] : body.set.sources())
      tagged += source.tag.empty() ? 0U : 1U;
    out_ << " " << body.set.sources().size() << " sources, " << tagged << " with a tag\n";
  }
  void add_body(const MysqlGtidEvent& body) {
    if (!body.gtid) {
      out_ << "\n";
      return;
    }
    out_ << " " << body.gtid->source.tag << ":" << body.gtid->number << "\n";
    EXPECT_GT(body.immediate_commit_us, 1'700'000'000'000'000U);
    EXPECT_EQ(body.original_commit_us, body.immediate_commit_us);
  }
  void add_body(const MariadbGtidEvent& body) {
    out_ << " " << model::to_string(model::Gtid(body.gtid))
         << (body.standalone ? " standalone" : "") << (body.ddl ? " ddl" : "")
         << (body.xa_prepared ? " xa-prepared" : "") << (body.xa_completed ? " xa-completed" : "");
    if (body.alter_phase == AlterPhase::kStart) out_ << " start-alter";
    if (body.alter_phase == AlterPhase::kCommit) out_ << " commit-alter";
    out_ << "\n";
  }
  void add_body(const GtidList& body) { out_ << " " << body.state.text() << "\n"; }
  void add_body(const Query& body) {
    out_ << " mode=" << body.sql_mode.value_or(~0U)
         << " charset=" << body.client_collation.value_or(0) << " " << body.database << "> "
         << one_line(body.sql) << "\n";
  }
  void add_body(const Xid&) { out_ << "\n"; }
  void add_body(const XaPrepare& body) {
    out_ << (body.one_phase ? " one phase " : " ") << body.gtrid << "," << body.bqual << ","
         << body.format_id << "\n";
  }
  void add_body(const TableMap& body) {
    EXPECT_FALSE(body.unreadable.has_value());
    names_[body.id] = std::string(body.database) + "." + std::string(body.table);
    layouts_[body.id] = test::layout_of(body);
    out_ << " " << names_[body.id] << " key";
    for (const size_t index : body.primary_key) out_ << " " << index;
    out_ << (body.has_signedness ? "" : " no-signedness")
         << (body.has_charsets ? "" : " no-charsets") << (body.has_names ? "" : " no-names")
         << "\n";
    for (const MapColumn& column : body.columns) out_ << describe_column(column);
  }
  void add_body(const Rows& body) {
    out_ << " " << name_of(body.table) << (body.statement_end ? " end" : "") << "\n";
    RowsReader reader(body, layouts_[body.table], scratch_);
    while (true) {
      const auto more = reader.next();
      ASSERT_TRUE(more.ok()) << more.error().text();
      if (!*more) return;
      out_ << "   " << describe_cells(reader.before()) << " >" << describe_cells(reader.after())
           << "\n";
      if (body.partial_json) out_ << describe_documents(reader.after());
    }
  }
  void add_body(const RowsQuery& body) { out_ << " " << one_line(body.sql) << "\n"; }
  void add_body(const Incident&) { out_ << "\n"; }
  void add_body(const Heartbeat&) { out_ << "\n"; }
  void add_body(const TransactionPayload& body) {
    out_ << " of " << body.uncompressed_size << " bytes\n";
    TransactionPayloadReader reader(body);
    while (true) {
      const auto next = reader.next();
      ASSERT_TRUE(next.ok()) << next.error().text();
      if (!*next) return;
      const auto inner = decoder_.decode_inner(**next);
      ASSERT_TRUE(inner.ok()) << inner.error().text();
      add_event(*inner, "  ");
    }
  }

  std::string name_of(MapId id) { return names_.contains(id) ? names_[id] : "unknown"; }

  /// The sizes add up to the places that the events name.
  void check_place(const EventHeader& header) {
    place_ += header.size;
    if (header.log_pos != 0) {
      EXPECT_EQ(header.log_pos, place_) << describe(header.type);
    }
  }

  /// MySQL's transactions have the length that they announce.
  void check_length(const Event& event) {
    const auto* gtid = std::get_if<MysqlGtidEvent>(&event.body);
    const bool between = std::holds_alternative<Rotate>(event.body) ||
                         std::holds_alternative<PreviousGtids>(event.body);
    if (gtid != nullptr || between) {
      EXPECT_EQ(transaction_left_, 0U);
      transaction_left_ = gtid != nullptr ? gtid->transaction_length : 0;
    }
    if (gtid != nullptr || transaction_left_ != 0) transaction_left_ -= event.header.size;
  }

  EventDecoder decoder_{ChecksumAlgorithm::kNone};
  RowsReader::Scratch scratch_;
  std::map<MapId, std::string> names_;
  std::map<MapId, RowLayout> layouts_;
  std::ostringstream out_;
  uint64_t place_ = 4;
  uint64_t transaction_left_ = 0;
};

class RecordedBinlog : public ::testing::TestWithParam<const char*> {
 protected:
  [[nodiscard]] static std::string path(std::string_view suffix) {
    return std::string(ROWMILL_TESTDATA "/binlog/") + GetParam() + std::string(suffix);
  }
  static std::vector<Bytes> events() {
    auto events = test::read_binlog_file(path(".binlog"));
    EXPECT_TRUE(events.ok());
    return events.ok() ? *events : std::vector<Bytes>{};
  }
};

TEST_P(RecordedBinlog, EveryEventIsDecodedAsTheTranscriptSays) {
  Transcript transcript;
  for (const Bytes& event : events()) {
    transcript.add(event);
    ASSERT_FALSE(HasFatalFailure());
  }
  if (std::getenv("ROWMILL_REWRITE") != nullptr)
    std::ofstream(path(".events")) << transcript.text();
  std::ifstream golden(path(".events"));
  EXPECT_EQ(transcript.text(), std::string(std::istreambuf_iterator<char>(golden), {}));
}

/// Types whose body may end at more than one place; cutting them must do no harm.
bool has_open_end(EventType type) {
  static const std::set<EventType> open = {
      EventType::kExecuteLoadQuery, EventType::kRotate,       EventType::kQuery,
      EventType::kRowsQuery,        EventType::kAnnotateRows, EventType::kGtid,
      EventType::kAnonymousGtid,    EventType::kWriteRowsV1,  EventType::kUpdateRowsV1,
      EventType::kDeleteRowsV1,     EventType::kWriteRows,    EventType::kUpdateRows,
      EventType::kDeleteRows,       EventType::kTableMap,     EventType::kMariadbGtid,
      EventType::kPartialUpdateRows};
  return open.contains(type);
}

TEST_P(RecordedBinlog, EveryCutOfEveryEventIsCorruptOrComplete) {
  const std::vector<Bytes> recorded = events();
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  const auto format = decoder.decode(recorded.front());
  ASSERT_TRUE(format.ok());
  const bool summed =
      std::get<FormatDescription>(format->body).checksum == ChecksumAlgorithm::kCrc32;
  for (const Bytes& event : recorded) {
    const auto header = EventDecoder::peek_header(event);
    ASSERT_TRUE(header.ok());
    const EventTypeInfo* info = find_event_type(header->type);
    ASSERT_NE(info, nullptr);
    const bool decoded = info->treatment == EventTreatment::kDecoded;
    if (!decoded || header->type == EventType::kFormatDescription) continue;
    const size_t body_bytes = event.size() - kEventHeaderBytes - (summed ? 4 : 0);
    for (size_t size = 0; size < body_bytes; ++size) {
      const auto from = event.begin() + kEventHeaderBytes;
      Bytes cut = test::event({.type = header->type,
                               .body = {from, from + static_cast<ptrdiff_t>(size)},
                               .server_id = header->server_id});
      if (summed) cut = test::with_checksum(std::move(cut));
      const auto result = decoder.decode(cut);
      if (result.ok()) {
        EXPECT_TRUE(has_open_end(header->type)) << describe(header->type) << " cut to " << size;
      } else {
        EXPECT_EQ(result.error().kind(), ErrorKind::kCorrupt) << result.error().text();
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, RecordedBinlog,
                         ::testing::Values("mariadb_columns", "mariadb_compressed", "mariadb_first",
                                           "mariadb_transactions", "mariadb_types", "mysql_bare",
                                           "mysql_columns", "mysql_partial_json",
                                           "mysql_tagged_history", "mysql_transactions",
                                           "mysql_types"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace rowmill::binlog
