// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <stop_token>

#include "base/result.h"
#include "connect/record_batch.h"
#include "model/declared_table.h"
#include "model/schema_change.h"
#include "model/source_offset.h"

namespace rowmill::connect {

/// The table definitions of a connector, kept in Kafka beside its source offset: written in the
/// same transactions, so that both tell of the same place of the binlog.
class SchemaHistory {
 public:
  using Visit = std::function<base::Result<void>(model::DeclaredTable)>;

  virtual ~SchemaHistory() = default;
  /// For a connector without a source offset: appends what forgets all definitions, which are of an
  /// earlier life of it, to the batch that goes out with its first offset. Errors: as read().
  virtual base::Result<void> start_over(RecordBatch& batch, std::stop_token stop) = 0;
  /// Shows every definition in force at `offset`, each once, in no order; none on the first start.
  /// Changes whose place (SchemaChange::position, gtid) `offset` does not cover are taken back, as
  /// after `rowmill offsets set`; a table of which that is not possible any more is left out and
  /// logged. Errors: kRetry, kConfig and kCorrupt (the topic holds what Rowmill did not write; with
  /// remedy), kStopped; what `visit` returns is passed on.
  virtual base::Result<void> read(const model::SourceOffset& offset, const Visit& visit,
                                  std::stop_token stop) = 0;
  /// Appends the records that keep `change` to the batch; changes follow each other as in the
  /// stream, from the offset of the last read() on. Any one thread.
  virtual void append(const model::SchemaChange& change, RecordBatch& batch) = 0;
};

}  // namespace rowmill::connect
