// SPDX-License-Identifier: Apache-2.0
#include "runtime/offset_ledger.h"

#include <utility>

namespace rowmill::runtime {

base::Result<void> OffsetLedger::commit(const model::SourceOffset& next, connect::RecordSink& sink,
                                        std::stop_token stop) {
  connect::StoredOffset record{next, writer_, known_ ? known_->transaction_sequence + 1 : 1};
  ROWMILL_TRY(sink.send_offset(record));
  ROWMILL_TRY(sink.commit(std::move(stop)));
  known_ = std::move(record);
  return {};
}

std::optional<std::string> OffsetLedger::written_by_another(
    const std::optional<connect::StoredOffset>& stored) const {
  if (!stored) {
    if (!known_) return std::nullopt;
    return "a reset of the source offset";
  }
  // One of our own commits may have succeeded though it returned an error.
  if (stored->writer == writer_) return std::nullopt;
  const bool unchanged = known_ && stored->writer == known_->writer &&
                         stored->transaction_sequence == known_->transaction_sequence;
  if (unchanged) return std::nullopt;
  return stored->writer.empty() ? "an unnamed writer" : stored->writer;
}

}  // namespace rowmill::runtime
