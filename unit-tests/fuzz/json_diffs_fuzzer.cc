// SPDX-License-Identifier: Apache-2.0
//
// JSON differences of PARTIAL_UPDATE_ROWS: two bytes of length, the binary document before, the
// differences. Where the document is one that a server can write, the result is compared with the
// same changes made to a tree of RapidJSON.

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <optional>
#include <string>

#include "base/byte_reader.h"
#include "binlog/internal/json_diffs.h"
#include "binlog/internal/json_path.h"
#include "binlog/internal/json_text.h"
#include "fuzz/checks.h"

namespace rowmill::test {
namespace {

using Node = rapidjson::Value;
using Tree = rapidjson::Document;

std::string_view text_of(const Node& node) { return {node.GetString(), node.GetStringLength()}; }

/// No key twice in an object, so that a key says which member is meant.
bool is_plain(const Node& node) {
  if (node.IsArray()) {
    for (const Node& element : node.GetArray()) {
      if (!is_plain(element)) return false;
    }
  } else if (node.IsObject()) {
    std::string_view last;
    for (const auto& member : node.GetObject()) {
      const std::string_view key = text_of(member.name);
      const bool sorted = key.size() != last.size() ? key.size() > last.size() : key > last;
      const bool is_first = &member == &*node.MemberBegin();
      if ((!sorted && !is_first) || !is_plain(member.value)) return false;
      last = key;
    }
  }
  return true;
}

std::optional<Tree> parse_plain(std::string_view text) {
  Tree tree;
  tree.Parse<rapidjson::kParseFullPrecisionFlag>(text.data(), text.size());
  require(!tree.HasParseError(), "what is printed is JSON");
  if (!is_plain(tree)) return std::nullopt;
  return tree;
}

/// The place that a leg names, if there is something.
Node* find(Node& parent, const binlog::JsonPathLeg& leg) {
  if (leg.key) {
    if (!parent.IsObject()) return nullptr;
    // clang finds the comparison of RapidJSON's iterators ambiguous.
    auto member = parent.MemberBegin();
    for (rapidjson::SizeType i = 0; i < parent.MemberCount(); ++i, ++member) {
      if (text_of(member->name) == *leg.key) return &member->value;
    }
    return nullptr;
  }
  if (!parent.IsArray()) return nullptr;
  const auto cell = leg.cell_of(parent.Size());
  return cell ? &parent[*cell] : nullptr;
}

bool remove(Node& parent, const binlog::JsonPathLeg& leg) {
  Node* node = find(parent, leg);
  if (node == nullptr) return false;
  if (leg.key) {
    const auto size = static_cast<rapidjson::SizeType>(leg.key->size());
    parent.EraseMember(Node(rapidjson::StringRef(leg.key->data(), size)));
  } else {
    parent.Erase(node);
  }
  return true;
}

bool insert(Node& parent, const binlog::JsonPathLeg& leg, Node value, Tree& tree) {
  auto& allocator = tree.GetAllocator();
  if (leg.key) {
    if (!parent.IsObject() || find(parent, leg) != nullptr) return false;
    const auto size = static_cast<rapidjson::SizeType>(leg.key->size());
    parent.AddMember(Node(leg.key->data(), size, allocator), value, allocator);
    return true;
  }
  if (!parent.IsArray()) return false;
  const rapidjson::SizeType place = leg.index < parent.Size() ? leg.index : parent.Size();
  parent.PushBack(value, allocator);
  for (rapidjson::SizeType i = parent.Size() - 1; i > place; --i) parent[i].Swap(parent[i - 1]);
  return true;
}

enum class Outcome : uint8_t { kDone, kDoesNotFit, kNotCompared };

/// Makes one change, as JsonDiffs words it.
Outcome change(Tree& tree, const Node& diff) {
  const std::string_view operation = text_of(diff["op"]);
  base::Arena arena;
  binlog::JsonPathReader path(text_of(diff["path"]), arena);
  Node* parent = nullptr;
  Node* node = &tree;
  std::optional<binlog::JsonPathLeg> last;
  while (const auto leg = path.next()) {
    if (last) node = find(*node, *last);
    if (node == nullptr) return Outcome::kDoesNotFit;
    parent = node;
    last = leg;
  }
  if (!last) return Outcome::kDoesNotFit;
  if (operation == "remove") {
    return remove(*parent, *last) ? Outcome::kDone : Outcome::kDoesNotFit;
  }
  Node value(diff["value"], tree.GetAllocator());
  if (operation == "replace") {
    Node* place = find(*parent, *last);
    if (place == nullptr) return Outcome::kDoesNotFit;
    *place = value;
    return Outcome::kDone;
  }
  if (last->from_end) return Outcome::kNotCompared;
  return insert(*parent, *last, std::move(value), tree) ? Outcome::kDone : Outcome::kDoesNotFit;
}

/// The same changes by other means.
void compare(std::string_view before, std::string_view diffs,
             const base::Result<std::string_view>& after) {
  auto tree = parse_plain(before);
  Tree list;
  list.Parse<rapidjson::kParseFullPrecisionFlag>(diffs.data(), diffs.size());
  require(list.IsArray(), "differences are an array");
  for (const Node& diff : list.GetArray()) {
    if (diff.HasMember("value") && !is_plain(diff["value"])) return;
  }
  if (!tree) return;
  for (const Node& diff : list.GetArray()) {
    const Outcome outcome = change(*tree, diff);
    if (outcome == Outcome::kNotCompared) return;
    if (outcome == Outcome::kDoesNotFit) {
      require(!after.ok(), "a change that does not fit is refused");
      return;
    }
  }
  if (!after.ok()) return;  // Nested too deeply by the changes.
  rapidjson::StringBuffer text;
  rapidjson::Writer<rapidjson::StringBuffer> writer(text);
  tree->Accept(writer);
  require(reprinted({text.GetString(), text.GetSize()}) == reprinted(*after),
          "the changed document is what the changes make of it");
}

void check(std::span<const std::byte> before, std::span<const std::byte> diffs) {
  base::Arena arena;
  binlog::JsonDocument scratch;
  const auto before_text = binlog::json_to_text(before, arena);
  const auto diffs_text = binlog::json_diffs_to_text(diffs, arena);
  const auto after = binlog::apply_json_diffs(before, diffs, scratch, arena);
  if (after.ok()) require_stable_json(*after);
  const auto again = binlog::apply_json_diffs(before, diffs, scratch, arena);
  require(again.ok() == after.ok() && (!after.ok() || *again == *after),
          "a document does not depend on the one before it");
  if (diffs.empty()) {
    require(after.ok() == before_text.ok(), "no differences change nothing");
    require(!after.ok() || *after == *before_text, "no differences change nothing");
  }
  if (before_text.ok() && diffs_text.ok()) compare(*before_text, *diffs_text, after);
}

}  // namespace
}  // namespace rowmill::test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  rowmill::base::ByteReader input(std::as_bytes(std::span(data, size)));
  const size_t document_bytes = input.u16();
  const auto before =
      input.bytes(document_bytes < input.remaining() ? document_bytes : input.remaining());
  rowmill::test::check(before, input.rest());
  return 0;
}
