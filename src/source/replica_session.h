// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>

#include "base/result.h"
#include "binlog/event_decoder.h"
#include "binlog/transaction_payload.h"
#include "model/source_offset.h"
#include "mysql/dump_stream.h"
#include "source/event_place.h"
#include "source/source_settings.h"

namespace rowmill::source {

/// One link to the source's binlog: a dump, the decoder of its events, and where they lie. Ends
/// with the link. One thread.
class ReplicaSession {
 public:
  struct LocatedEvent {
    binlog::Event event;
    EventPlace place;
  };

  /// Opens the dump at `offset`: by its GTIDs if `by_gtid`, else by file and position. Takes over
  /// `connection`. Errors: as DumpStream's.
  static base::Result<std::unique_ptr<ReplicaSession>> open(mysql::Connection connection,
                                                            const SourceSettings& settings,
                                                            const model::SourceOffset& offset,
                                                            bool by_gtid, std::stop_token stop);

  /// The next event, those inside a compressed transaction one by one at the place of their
  /// payload. Views live until the next call. Errors: kRetry (link), kConfig, kCorrupt,
  /// kUnsupported, kStopped.
  base::Result<LocatedEvent> next(std::stop_token stop);

 private:
  ReplicaSession(mysql::DumpStream stream, model::Position start);

  /// A compressed transaction too long for memory is read from the link as it is decompressed.
  class LinkPieces : public binlog::EventPieces {
   public:
    explicit LinkPieces(ReplicaSession& session) : session_(session) {}
    base::Result<std::span<const std::byte>> next() override;

   private:
    ReplicaSession& session_;
  };

  base::Result<binlog::Event> next_event();
  base::Result<binlog::Event> begin_long_payload(std::span<const std::byte> beginning);
  base::Result<std::optional<LocatedEvent>> next_of_payload();

  mysql::DumpStream stream_;
  binlog::EventDecoder decoder_;
  EventLocator locator_;
  LinkPieces pieces_{*this};
  /// Of the call of next() that is running.
  std::stop_token stop_;
  /// The rest of a long payload whose event is on its way out of next_event().
  std::unique_ptr<binlog::EventPieces> payload_rest_;
  /// The compressed transaction being read, and where it lies.
  std::optional<binlog::TransactionPayloadReader> payload_;
  EventPlace payload_place_;
};

}  // namespace rowmill::source
