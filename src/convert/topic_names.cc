// SPDX-License-Identifier: Apache-2.0
#include "convert/topic_names.h"

namespace rowmill::convert {
namespace {

/// Kafka: org.apache.kafka.common.internals.Topic, MAX_NAME_LENGTH and LEGAL_CHARS.
constexpr size_t kLongestTopic = 249;

constexpr bool is_legal(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

/// One `_` for each UTF-16 unit of an illegal character, since Debezium walks over Java chars: two
/// for the characters that UTF-8 writes with four bytes.
void append_legal(std::string& out, std::string_view utf8) {
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_legal(c)) {
      out += c;
    } else if ((byte & 0xc0) != 0x80) {
      out.append(byte >= 0xf0 ? 2 : 1, '_');
    }
  }
}

}  // namespace

TopicNames::TopicNames(std::string_view prefix) { append_legal(prefix_, prefix); }

base::Result<const std::string*> TopicNames::topic_of(const model::TableId& table) {
  std::string name = prefix_ + ".";
  append_legal(name, table.database);
  name += '.';
  append_legal(name, table.table);
  if (name.size() > kLongestTopic) {
    return base::Error(base::ErrorKind::kConfig, "topic " + name + " of table " + to_string(table) +
                                                     " has " + std::to_string(name.size()) +
                                                     " characters, Kafka allows 249")
        .with_remedy("Shorten topic.prefix, or leave the table out with table.exclude.list.");
  }
  const auto [entry, inserted] = owners_.try_emplace(std::move(name), table);
  if (!inserted && entry->second != table) {
    return base::Error(base::ErrorKind::kConfig, "tables " + to_string(entry->second) + " and " +
                                                     to_string(table) + " would share the topic " +
                                                     entry->first)
        .with_remedy(
            "Leave one of them out with table.exclude.list, or capture it with another "
            "connector that has its own topic.prefix.");
  }
  return &entry->first;
}

}  // namespace rowmill::convert
