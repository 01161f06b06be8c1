// SPDX-License-Identifier: Apache-2.0
#include "kafka/past_topic.h"

#include <cstdint>
#include <ranges>
#include <unordered_map>
#include <utility>
#include <vector>

#include "kafka/topic_reader.h"

namespace rowmill::kafka {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

/// A change of ours; where its record lies.
struct Link {
  int64_t offset = 0;
  HistoryPlace at;
  std::optional<HistoryEnd> previous;
};

/// Offset of a record -> whether its change is in force.
using Chain = std::unordered_map<int64_t, bool>;

Result<PastRecord> decode(const std::string& topic, const TopicRecord& record) {
  auto past = decode_past(record.value.value_or(""));
  if (past.ok()) return past;
  return std::move(past).error().with_context(place_of(topic, record.partition, record.offset));
}

/// In the order in which they were written.
Result<std::vector<Link>> read_links(const KafkaSettings& settings, const TopicReader& topic,
                                     const std::stop_token& stop) {
  std::vector<Link> links;
  const auto note = [&](const TopicRecord& record) -> Result<void> {
    ROWMILL_ASSIGN(PastRecord past, decode(settings.past_topic(), record));
    if (past.connector != settings.connector) return {};
    links.push_back({record.offset, std::move(past.at), std::move(past.previous)});
    return {};
  };
  ROWMILL_TRY(topic.read(note, stop));
  return links;
}

/// From `unwound.end` back to where all is in force. What is taken back at the end of the chain
/// leaves it.
Chain follow(const std::vector<Link>& links, const model::SourceOffset& offset, Unwound& unwound) {
  Chain chain;
  std::optional<HistoryEnd> next = unwound.end;
  bool at_the_end = true;
  for (const Link& link : std::views::reverse(links)) {
    if (!next || is_in_force(*next, offset)) break;
    if (link.at != next->at) continue;
    const bool in_force = is_in_force(link.at, offset);
    chain.emplace(link.offset, in_force);
    next = link.previous;
    at_the_end = at_the_end && !in_force;
    if (at_the_end) unwound.end = next;
  }
  unwound.complete = !next || is_in_force(*next, offset);
  return chain;
}

}  // namespace

Result<Unwound> unwind(const KafkaSettings& settings, const HistoryEnd& end,
                       const model::SourceOffset& offset, std::stop_token stop) {
  ROWMILL_ASSIGN(const TopicReader topic, TopicReader::open(settings, settings.past_topic(), stop));
  ROWMILL_ASSIGN(const std::vector<Link> links, read_links(settings, topic, stop));
  Unwound unwound{.end = end};
  const Chain chain = follow(links, offset, unwound);

  const auto take_back = [&](const TopicRecord& record) -> Result<void> {
    const auto link = chain.find(record.offset);
    if (link == chain.end()) return {};
    ROWMILL_ASSIGN(PastRecord past, decode(settings.past_topic(), record));
    for (ReplacedDefinition& replaced : past.replaced) {
      if (link->second) {
        // Its definition stands, until a later change that is taken back replaced it.
        unwound.restored.erase(replaced.id);
      } else {
        unwound.restored.try_emplace(std::move(replaced.id), std::move(replaced.definition));
      }
    }
    return {};
  };
  if (!chain.empty()) ROWMILL_TRY(topic.read(take_back, stop));
  return unwound;
}

}  // namespace rowmill::kafka
