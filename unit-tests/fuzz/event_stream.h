// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/byte_reader.h"

namespace rowmill::test {

// The input of event_decoder_fuzzer: one byte, odd for a MariaDB source, then events without
// checksums, each after its length in three bytes. Sizes and checksums within the events are set
// right by the fuzzer, so that mutations reach the decoders.

inline constexpr size_t kLengthBytes = 3;

/// The next event of the stream; absent at its end.
inline std::optional<std::span<const std::byte>> next_event(base::ByteReader& stream) {
  if (stream.remaining() < kLengthBytes) return std::nullopt;
  const size_t length = stream.u24();
  return stream.bytes(length < stream.remaining() ? length : stream.remaining());
}

}  // namespace rowmill::test
