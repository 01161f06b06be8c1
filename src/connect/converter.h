// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "connect/record_batch.h"
#include "model/change.h"
#include "model/schema_change.h"

namespace rowmill::connect {

/// Turns one change into its records. Not thread-safe: one instance for each source thread.
class Converter {
 public:
  virtual ~Converter() = default;
  /// Appends the records of `change` (none if it is skipped by configuration) to `batch`; on error
  /// the batch is as before. Errors: kUnsupported, kConfig, kFatal, each naming table and column.
  virtual base::Result<void> convert(const model::Change& change, RecordBatch& batch) = 0;
  /// Appends what consumers are told of changed definitions; nothing unless it was asked for.
  virtual base::Result<void> convert_schema(const model::SchemaChange& change,
                                            RecordBatch& batch) = 0;
  /// No change will have this table any more: what is kept about it, by its address, must go.
  virtual void forget(const model::TableDefinition& table) = 0;
};

}  // namespace rowmill::connect
