// SPDX-License-Identifier: Apache-2.0
#include "schema/definitions.h"

#include <utility>
#include <variant>

#include "schema/applied_statement.h"
#include "schema/collation_index.h"
#include "schema/definition_store.h"

namespace rowmill::schema {

Definitions::Definitions(CollationTable collations)
    : collations_(std::make_unique<CollationIndex>(std::move(collations))),
      store_(std::make_unique<DefinitionStore>()) {}
Definitions::~Definitions() = default;
Definitions::Definitions(Definitions&&) noexcept = default;
Definitions& Definitions::operator=(Definitions&&) noexcept = default;

void Definitions::put(const model::DeclaredTable& table) { store_->put(table); }
void Definitions::erase(const model::TableId& id) { store_->erase(id); }
void Definitions::clear() { store_->clear(); }

std::optional<model::DeclaredTable> Definitions::find(const model::TableId& id) const {
  return store_->find(id);
}
size_t Definitions::size() const { return store_->size(); }
std::vector<model::TableId> Definitions::ids() const { return store_->ids(); }
const CollationTable& Definitions::collations() const { return collations_->table(); }

DefinitionChanges Definitions::apply(const DdlStatement& statement, const StatementContext& context,
                                     const std::function<bool(const model::TableId&)>& keeps) {
  AppliedStatement applied(context, *collations_, keeps, *store_);
  std::visit(applied, statement);
  return std::move(applied).changes();
}

}  // namespace rowmill::schema
