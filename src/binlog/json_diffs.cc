// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/json_diffs.h"

#include <string>

#include "base/byte_reader.h"
#include "binlog/internal/json_path.h"
#include "binlog/internal/json_printer.h"
#include "binlog/internal/utf8.h"

namespace rowmill::binlog {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using Bytes = std::span<const std::byte>;

/// enum_json_diff_operation.
enum class Operation : uint8_t { kReplace = 0, kInsert = 1, kRemove = 2 };

struct Diff {
  Operation operation{};
  std::string_view path;
  /// No container's member, and empty for kRemove.
  JsonPart value;
};

Error corrupt(const std::string& problem) {
  return Error(ErrorKind::kCorrupt, "JSON difference: " + problem);
}

/// Paths are shown as far as a log line can hold them.
Error corrupt(std::string_view problem, const Diff& diff) {
  constexpr size_t kLongest = 200;
  return corrupt(std::string(problem) + ": " + std::string(diff.path.substr(0, kLongest)));
}

Result<Diff> read_diff(base::ByteReader& reader) {
  Diff diff;
  const uint8_t operation = reader.u8();
  diff.operation = Operation{operation};
  diff.path = reader.text(reader.length_encoded());
  if (diff.operation != Operation::kRemove) {
    diff.value = json_root(reader.bytes(reader.length_encoded()));
  }
  if (reader.failed()) return corrupt("it is cut short");
  if (operation > static_cast<uint8_t>(Operation::kRemove)) {
    return corrupt("unknown operation " + std::to_string(operation));
  }
  return diff;
}

Result<void> apply(const Diff& diff, JsonDocument& document, base::Arena& arena) {
  JsonPathReader path(diff.path, arena);
  auto leg = path.next();
  // A change of the whole document is logged as a whole document.
  if (!leg) return corrupt("no such place can be in a document", diff);
  auto container = document.root();
  for (int depth = 1; !path.at_end(); ++depth) {
    if (depth == kMaxJsonDepth) return corrupt("the path is too deep", diff);
    if (container) container = document.container_at(*container, *leg);
    leg = path.next();
    if (!leg) return corrupt("the path is malformed", diff);
  }
  bool fits = container.has_value();
  if (fits) {
    switch (diff.operation) {
      case Operation::kReplace:
        fits = document.replace(*container, *leg, diff.value);
        break;
      case Operation::kInsert:
        fits = document.insert(*container, *leg, diff.value);
        break;
      case Operation::kRemove:
        fits = document.remove(*container, *leg);
        break;
    }
  }
  if (!fits) return corrupt("it does not fit the document before", diff);
  return {};
}

std::string_view name_of(Operation operation) {
  switch (operation) {
    case Operation::kReplace:
      return "replace";
    case Operation::kInsert:
      return "insert";
    case Operation::kRemove:
      break;
  }
  return "remove";
}

bool is_well_formed(std::string_view path, base::Arena& arena) {
  if (utf8_prefix(std::as_bytes(std::span(path)), 4) != path.size()) return false;
  JsonPathReader legs(path, arena);
  size_t count = 0;
  while (legs.next()) ++count;
  return !legs.failed() && count > 0;
}

}  // namespace

Result<std::string_view> apply_json_diffs(Bytes before, Bytes diffs, JsonDocument& scratch,
                                          base::Arena& arena) {
  scratch.load(before);
  base::ByteReader reader(diffs);
  while (!reader.at_end()) {
    ROWMILL_ASSIGN(const Diff diff, read_diff(reader));
    ROWMILL_TRY(apply(diff, scratch, arena));
  }
  JsonPrinter printer(before.size() + diffs.size(), arena);
  scratch.print(printer);
  return printer.finish();
}

Result<std::string_view> json_diffs_to_text(Bytes diffs, base::Arena& arena) {
  // Before the text is begun: nothing else may then come into the arena.
  base::ByteReader check(diffs);
  while (!check.at_end()) {
    ROWMILL_ASSIGN(const Diff diff, read_diff(check));
    if (!is_well_formed(diff.path, arena)) return corrupt("the path is malformed", diff);
  }
  JsonPrinter printer(diffs.size(), arena);
  JsonOutput& output = printer.output();
  base::ByteReader reader(diffs);
  output.character('[');
  while (!reader.at_end()) {
    if (reader.offset() > 0) output.character(',');
    ROWMILL_ASSIGN(const Diff diff, read_diff(reader));
    output.text(R"({"op":")");
    output.text(name_of(diff.operation));
    output.text(R"(","path":)");
    output.quoted(diff.path);
    if (diff.operation != Operation::kRemove) {
      output.text(R"(,"value":)");
      if (!printer.value(diff.value)) break;
    }
    output.character('}');
  }
  output.character(']');
  return printer.finish();
}

}  // namespace rowmill::binlog
