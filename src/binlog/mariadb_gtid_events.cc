// SPDX-License-Identifier: Apache-2.0
//
// Gtid_log_event and Gtid_list_log_event: sql/log_event.cc of MariaDB 10.11 and 11.8.

#include <algorithm>
#include <string>

#include "binlog/internal/event_bodies.h"

namespace rowmill::binlog {

using base::ByteReader;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

enum GtidFlag : uint8_t {
  kStandalone = 0x01,
  kGroupCommitId = 0x02,
  kDdl = 0x20,
  kPreparedXa = 0x40,
  kCompletedXa = 0x80,
};

enum ExtraFlag : uint8_t {
  kMultiEngine = 0x01,
  kStartAlter = 0x02,
  kCommitAlter = 0x04,
  kRollbackAlter = 0x08,
  kThreadId = 0x10,
};
constexpr uint8_t kKnownExtraFlags =
    kMultiEngine | kStartAlter | kCommitAlter | kRollbackAlter | kThreadId;

/// GTID_HEADER_LEN: shorter bodies are filled up with zeros.
constexpr size_t kShortestBody = 19;

/// Format id 4, length of gtrid 1, length of bqual 1, both.
void skip_xid(ByteReader& reader) {
  reader.skip(4);
  const size_t gtrid_bytes = reader.u8();
  const size_t bqual_bytes = reader.u8();
  reader.skip(gtrid_bytes + bqual_bytes);
}

AlterPhase alter_phase(uint8_t extra_flags) {
  if ((extra_flags & kStartAlter) != 0) return AlterPhase::kStart;
  if ((extra_flags & kCommitAlter) != 0) return AlterPhase::kCommit;
  if ((extra_flags & kRollbackAlter) != 0) return AlterPhase::kRollback;
  return AlterPhase::kNone;
}

/// Extra flags 1, number of further engines 1, number of the GTID that started the ALTER 8, thread
/// 4; the last three only with their flag.
void read_extra(ByteReader& reader, uint8_t flags, MariadbGtidEvent& event) {
  if ((flags & kMultiEngine) != 0) reader.skip(1);
  if ((flags & (kCommitAlter | kRollbackAlter)) != 0) reader.skip(8);
  if ((flags & kThreadId) != 0) event.thread_id = reader.u32();
  event.alter_phase = alter_phase(flags);
}

}  // namespace

/// Sequence 8, domain 4, flags 1, commit id 8 and XID with their flags, extra fields, padding. The
/// server id is the header's.
Result<MariadbGtidEvent> decode_mariadb_gtid(Body body, uint32_t server_id) {
  ByteReader reader(body);
  MariadbGtidEvent event;
  event.gtid.sequence = reader.u64();
  event.gtid.domain = reader.u32();
  event.gtid.server_id = server_id;
  const uint8_t flags = reader.u8();
  event.standalone = (flags & kStandalone) != 0;
  event.ddl = (flags & kDdl) != 0;
  event.xa_prepared = (flags & kPreparedXa) != 0;
  event.xa_completed = (flags & kCompletedXa) != 0;
  if ((flags & kGroupCommitId) != 0) reader.skip(8);
  if (event.xa_prepared || event.xa_completed) skip_xid(reader);
  if (!reader.at_end()) {
    const uint8_t extra_flags = reader.u8();
    if ((extra_flags & ~kKnownExtraFlags) != 0) {
      return Error(ErrorKind::kUnsupported, "extra flags " + std::to_string(extra_flags));
    }
    read_extra(reader, extra_flags, event);
  }
  if (body.size() == kShortestBody) {
    const auto padding = reader.rest();
    if (std::ranges::any_of(padding, [](std::byte pad) { return pad != std::byte{0}; })) {
      return Error(ErrorKind::kCorrupt, "padding is not zero");
    }
  } else if (body.size() < kShortestBody) {
    reader.fail();
  }
  ROWMILL_TRY(reader.finish("body"));
  return event;
}

/// Number of GTIDs in the low 28 bits of 4 bytes (flags above), then for each domain 4, server 4,
/// sequence 8; of each domain the last one is the latest. An empty list has two bytes of padding.
Result<GtidList> decode_gtid_list(Body body) {
  constexpr uint32_t kCountMask = (uint32_t{1} << 28) - 1;
  ByteReader reader(body);
  const uint32_t count = reader.u32() & kCountMask;
  GtidList list;
  for (uint32_t i = 0; i < count && !reader.failed(); ++i) {
    model::MariadbGtid gtid;
    gtid.domain = reader.u32();
    gtid.server_id = reader.u32();
    gtid.sequence = reader.u64();
    if (!reader.failed()) list.state.add(gtid);
  }
  if (count == 0) reader.skip(2);
  ROWMILL_TRY(reader.finish("body"));
  return list;
}

}  // namespace rowmill::binlog
