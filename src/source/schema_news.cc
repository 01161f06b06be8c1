// SPDX-License-Identifier: Apache-2.0
#include "source/schema_news.h"

#include "base/log.h"

namespace rowmill::source {

void SchemaNews::on_changes(std::span<const model::DefinitionChange> changes,
                            const model::Position& place) {
  changes_ += changes.size();
  for (const auto& change : changes) {
    if (!change.unknown) continue;
    base::log_warn("a statement leaves it open how a table is declared; its next rows decide",
                   {{"connector", connector_},
                    {"table", model::to_string(change.id)},
                    {"position", model::to_string(place)}});
  }
}

void SchemaNews::on_found(const schema::FoundDefinition& found, const model::Position& place) {
  using How = schema::FoundDefinition::How;
  std::string_view what;
  switch (found.how) {
    case How::kInMap:
      base::log_debug("a table map tells how its table is declared",
                      {{"connector", connector_}, {"table", model::to_string(found.change.id)}});
      return;
    case How::kCorrected:
      ++corrections_;
      what = "a table map corrects how its table is declared";
      break;
    case How::kLookedUp:
      ++lookups_;
      what = "how a table was declared is taken from the catalog as it is now, which fits its rows";
      break;
    case How::kInFile:
      ++lookups_;
      what = "how a table was declared is taken from schema.recovery.file";
      break;
    case How::kNone:
      what = "nobody knows how a table was declared; its rows are passed over until that is known";
      break;
  }
  base::log_warn(what, {{"connector", connector_},
                        {"table", model::to_string(found.change.id)},
                        {"position", model::to_string(place)},
                        {"reason", found.reason}});
}

}  // namespace rowmill::source
