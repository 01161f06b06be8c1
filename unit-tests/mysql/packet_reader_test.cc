// SPDX-License-Identifier: Apache-2.0
#include "mysql/packet_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace rowmill::mysql {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;
using Bytes = std::vector<std::byte>;

constexpr size_t kFullPart = 0xffffff;

/// `size` bytes that are not all the same.
Bytes numbered(size_t size) {
  Bytes bytes(size);
  for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i * 31 + i / 251);
  return bytes;
}

/// What a server sends for `packets`, the first with sequence number 1.
Bytes sent(const std::vector<Bytes>& packets) {
  Bytes stream;
  uint8_t sequence = 1;
  for (const Bytes& packet : packets) {
    for (size_t at = 0;; at += kFullPart) {
      const size_t length = std::min(kFullPart, packet.size() - at);
      for (const unsigned shift : {0U, 8U, 16U}) {
        stream.push_back(static_cast<std::byte>(length >> shift));
      }
      stream.push_back(static_cast<std::byte>(sequence++));
      const auto begin = packet.begin() + static_cast<std::ptrdiff_t>(at);
      stream.insert(stream.end(), begin, begin + static_cast<std::ptrdiff_t>(length));
      if (length < kFullPart) break;
    }
  }
  return stream;
}

/// Gives the stream out in steps of at most `step` bytes, then a lost link.
PacketReader::ReadSome in_steps(Bytes stream, size_t step) {
  return [stream = std::move(stream), step,
          at = size_t{0}](std::span<std::byte> into) mutable -> Result<size_t> {
    const size_t count = std::min({step, into.size(), stream.size() - at});
    if (count == 0) return Error(ErrorKind::kRetry, "link lost");
    std::memcpy(into.data(), stream.data() + at, count);
    at += count;
    return count;
  };
}

Bytes copy(std::span<const std::byte> bytes) { return {bytes.begin(), bytes.end()}; }

/// The next packet, put together from its pieces.
Result<Bytes> read_in_pieces(PacketReader& reader) {
  ROWMILL_ASSIGN(auto piece, reader.begin());
  Bytes all = copy(piece.bytes);
  while (!piece.last) {
    ROWMILL_ASSIGN(piece, reader.more());
    EXPECT_TRUE(piece.last || !piece.bytes.empty());
    EXPECT_LE(piece.bytes.size(), PacketReader::kBufferBytes);
    all.insert(all.end(), piece.bytes.begin(), piece.bytes.end());
  }
  return all;
}

TEST(PacketReader, PacketsComeAsTheyWereSentHoweverTheBytesArrive) {
  std::vector<Bytes> packets;
  for (const size_t size : {size_t{1}, size_t{0}, size_t{19}, PacketReader::kBufferBytes - 1,
                            PacketReader::kBufferBytes, PacketReader::kBufferBytes + 1,
                            3 * PacketReader::kBufferBytes, size_t{5}}) {
    packets.push_back(numbered(size));
  }
  for (const size_t step : {size_t{1}, size_t{7}, size_t{1448}, size_t{1} << 30}) {
    PacketReader reader(in_steps(sent(packets), step));
    for (const Bytes& packet : packets) {
      EXPECT_EQ(read_in_pieces(reader).value(), packet) << packet.size() << " in steps of " << step;
    }
    EXPECT_EQ(reader.begin().error().kind(), ErrorKind::kRetry);
  }
}

TEST(PacketReader, PacketsLongerThanOnePartAreJoinedAlsoWhenTheLastPartIsEmpty) {
  const std::vector<Bytes> packets = {numbered(kFullPart - 1), numbered(kFullPart),
                                      numbered(kFullPart + 1), numbered(2 * kFullPart),
                                      numbered(3)};
  PacketReader pieces(in_steps(sent(packets), 100'000));
  PacketReader joined(in_steps(sent(packets), 100'000));
  for (const Bytes& packet : packets) {
    EXPECT_EQ(read_in_pieces(pieces).value(), packet) << packet.size();
    const auto first = joined.begin().value();
    EXPECT_EQ(copy(joined.join(first).value()), packet) << packet.size();
  }
}

TEST(PacketReader, RestOfAPacketIsPassedOverByTheNextOne) {
  PacketReader reader(in_steps(sent({numbered(2 * kFullPart), numbered(3)}), 50'000));
  const auto first = reader.begin().value();
  EXPECT_FALSE(first.last);
  EXPECT_GE(first.bytes.size(), PacketReader::kPieceBytes);
  EXPECT_EQ(copy(reader.begin().value().bytes), numbered(3));
}

TEST(PacketReader, PartOutOfSequenceIsALostLink) {
  Bytes stream = sent({numbered(3), numbered(3)});
  stream[3 + 4 + 3] = std::byte{9};
  PacketReader reader(in_steps(stream, 100));
  EXPECT_TRUE(reader.begin().ok());
  const auto second = reader.begin();
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().kind(), ErrorKind::kRetry);
}

TEST(PacketReader, SequenceNumbersWrapAround) {
  const std::vector<Bytes> packets(600, numbered(2));
  PacketReader reader(in_steps(sent(packets), 1'000));
  for (size_t i = 0; i < packets.size(); ++i) ASSERT_TRUE(reader.begin().ok()) << i;
}

}  // namespace
}  // namespace rowmill::mysql
