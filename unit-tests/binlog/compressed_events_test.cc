// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "binlog/decoded.h"

namespace rowmill::binlog {
namespace {

using base::ErrorKind;
using test::operator+;
using test::Bytes;
using test::Decoded;
using test::event;
using test::hex;
using test::mariadb_format;
using test::text;

Bytes deflated(const Bytes& plain) {
  uLongf size = compressBound(plain.size());
  Bytes stream(size);
  compress(reinterpret_cast<Bytef*>(stream.data()), &size,
           reinterpret_cast<const Bytef*>(plain.data()), plain.size());
  stream.resize(size);
  return stream;
}

/// WRITE_ROWS of one column, `packed` in place of its rows.
Decoded rows_with(const Bytes& packed) {
  return Decoded(mariadb_format(),
                 event(EventType::kWriteRowsCompressedV1, hex("230000000000 0100 01 ff") + packed));
}

// Captured from MariaDB 10.11: testdata/binlog/mariadb_compressed.binlog.
TEST(QueryCompressed, CapturedStatementIsInflated) {
  const Decoded query(
      mariadb_format(),
      event(EventType::kQueryCompressed,
            hex("0f00000000000000060000230000000000010100002054000000000603737464042d002d000800816d"
                "000000000000007061636b6564008141789c730e72750c7155087174f271552851d0c84c51f0f40b51"
                "0808f2f4750c8a54f0768dd451285308730c72f6700cd2303130d0d4514852f07575f10cf50d718d08"
                "d1040037781109")));
  EXPECT_EQ(query.as<Query>().sql,
            "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(400), b MEDIUMTEXT)");
  EXPECT_EQ(query.as<Query>().database, "packed");
}

TEST(RowsCompressed, EveryTypeKeepsItsHeadPlain) {
  const Bytes images = hex("fe 01000000");
  const Bytes packed = hex("81 05") + deflated(images);
  struct Case {
    EventType type;
    std::string_view head;
    RowsKind kind;
  };
  for (const Case& each : {
           Case{EventType::kWriteRowsCompressedV1, "230000000000 0100 01 ff", RowsKind::kWrite},
           Case{EventType::kUpdateRowsCompressedV1, "230000000000 0100 01 ff fe",
                RowsKind::kUpdate},
           Case{EventType::kDeleteRowsCompressedV1, "230000000000 0100 01 ff", RowsKind::kDelete},
           Case{EventType::kWriteRowsCompressed, "230000000000 0100 0200 01 ff", RowsKind::kWrite},
           Case{EventType::kUpdateRowsCompressed, "230000000000 0100 0200 01 ff fe",
                RowsKind::kUpdate},
           Case{EventType::kDeleteRowsCompressed, "230000000000 0100 0200 01 ff",
                RowsKind::kDelete},
       }) {
    const Decoded decoded(mariadb_format(), event(each.type, hex(each.head) + packed));
    const auto& rows = decoded.as<Rows>();
    EXPECT_EQ(rows.kind, each.kind) << describe(each.type);
    EXPECT_EQ(Bytes(rows.images.begin(), rows.images.end()), images) << describe(each.type);
  }
}

TEST(RowsCompressed, LengthMayHaveUpToFourBytesMostSignificantFirst) {
  const Bytes images(70'000, std::byte{'x'});
  for (const std::string_view head : {"83 011170", "84 00011170"}) {
    const Decoded decoded = rows_with(hex(head) + deflated(images));
    EXPECT_EQ(decoded.as<Rows>().images.size(), images.size()) << head;
  }
}

TEST(RowsCompressed, DamageIsCorrupt) {
  const Bytes stream = deflated(text("twelve bytes"));
  struct Case {
    std::string_view name;
    Bytes packed;
  };
  for (const Case& each : {
           Case{"nothing", {}},
           Case{"not marked as packed", hex("01 0c") + stream},
           Case{"no length", hex("80") + stream},
           Case{"length of five bytes", hex("85 000000000c") + stream},
           Case{"unknown bit", hex("89 0c") + stream},
           Case{"too short a length", hex("81 0b") + stream},
           Case{"too long a length", hex("81 0d") + stream},
           Case{"length beyond what deflate can do", hex("84 3fffffff") + stream},
           Case{"length beyond the limit", hex("84 ffffffff") + stream},
           Case{"byte left over", hex("81 0c") + stream + hex("00")},
           Case{"no stream", hex("81 0c")},
           Case{"another stream", hex("81 0c") + text("not a zlib stream")},
       }) {
    const Decoded decoded = rows_with(each.packed);
    ASSERT_FALSE(decoded.ok()) << each.name;
    EXPECT_EQ(decoded.error_kind(), ErrorKind::kCorrupt) << each.name;
  }
}

TEST(RowsCompressed, OtherAlgorithmIsNotSupported) {
  const Decoded decoded = rows_with(hex("91 0c") + deflated(text("twelve bytes")));
  // Algorithm 1 shares its bit with nothing else.
  ASSERT_FALSE(decoded.ok());
  EXPECT_EQ(decoded.error_kind(), ErrorKind::kUnsupported);
}

}  // namespace
}  // namespace rowmill::binlog
