// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "binlog/event.h"
#include "binlog/event_pieces.h"

namespace rowmill::binlog {

/// Turns the bytes of one event at a time into an Event. Holds what later events lean on: the
/// format description in force, the checksum algorithm, a buffer for decompressed events. Pure: no
/// I/O, no clock, no log. One thread. All errors are kCorrupt or kUnsupported and name the event
/// type.
class EventDecoder {
 public:
  /// `announced` is the algorithm that the replica asked for; it rules until the first format
  /// description arrives (a fake ROTATE comes before it).
  explicit EventDecoder(ChecksumAlgorithm announced);
  ~EventDecoder();

  /// `bytes`: one whole event as the source sent it, header to checksum, without the packet's
  /// status byte.
  base::Result<Event> decode(std::span<const std::byte> bytes);
  /// As decode(), for an event inside a transaction payload: no checksum there.
  base::Result<Event> decode_inner(std::span<const std::byte> bytes);

  /// A compressed transaction that is too long to be held in memory.
  struct LongPayload {
    /// Its body is a TransactionPayload with the beginning of the payload.
    Event event;
    /// The rest of the payload, for TransactionPayloadReader. Its end is kCorrupt if the event's
    /// checksum does not match.
    std::unique_ptr<EventPieces> rest;
  };
  /// `beginning`: at least the first kPayloadHeadBytes of a TRANSACTION_PAYLOAD event. `rest`
  /// yields what follows, checksum included, and must outlive what this returns.
  base::Result<LongPayload> decode_long_payload(std::span<const std::byte> beginning,
                                                EventPieces& rest);
  static constexpr size_t kPayloadHeadBytes = 128;

  /// Reads the header alone (also of an event that decode() refuses), for messages and for
  /// skipping.
  static base::Result<EventHeader> peek_header(std::span<const std::byte> bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rowmill::binlog
