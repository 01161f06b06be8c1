// SPDX-License-Identifier: Apache-2.0
#include "binlog/event_type.h"

#include <algorithm>
#include <array>

namespace rowmill::binlog {
namespace {

using enum EventTreatment;

constexpr std::string_view kAncient = "its binlog was written by a server older than MySQL 5.1";
constexpr std::string_view kAncientLoad =
    "it is a LOAD DATA of a server older than MySQL 5.0, with a file instead of rows";
constexpr std::string_view kLoadedFile = "a file for the EXECUTE_LOAD_QUERY that may follow";
constexpr std::string_view kForQuery = "serves only the QUERY after it";
constexpr std::string_view kGroup = "group replication's own, without rows";

/// In order of the type.
constexpr auto kTypes = std::to_array<EventTypeInfo>({
    {EventType::kUnknown, "UNKNOWN_EVENT", kNotSupported, "the source could not tell its type"},
    {EventType::kStartV3, "START_EVENT_V3", kNotSupported, kAncient},
    {EventType::kQuery, "QUERY_EVENT", kDecoded, ""},
    {EventType::kStop, "STOP_EVENT", kSkipped, "the next file announces itself"},
    {EventType::kRotate, "ROTATE_EVENT", kDecoded, ""},
    {EventType::kIntvar, "INTVAR_EVENT", kSkipped, kForQuery},
    {EventType::kLoad, "LOAD_EVENT", kNotSupported, kAncientLoad},
    {EventType::kSlave, "SLAVE_EVENT", kNotSupported, kAncient},
    {EventType::kCreateFile, "CREATE_FILE_EVENT", kNotSupported, kAncientLoad},
    {EventType::kAppendBlock, "APPEND_BLOCK_EVENT", kSkipped, kLoadedFile},
    {EventType::kExecLoad, "EXEC_LOAD_EVENT", kNotSupported, kAncientLoad},
    {EventType::kDeleteFile, "DELETE_FILE_EVENT", kSkipped, kLoadedFile},
    {EventType::kNewLoad, "NEW_LOAD_EVENT", kNotSupported, kAncientLoad},
    {EventType::kRand, "RAND_EVENT", kSkipped, kForQuery},
    {EventType::kUserVar, "USER_VAR_EVENT", kSkipped, kForQuery},
    {EventType::kFormatDescription, "FORMAT_DESCRIPTION_EVENT", kDecoded, ""},
    {EventType::kXid, "XID_EVENT", kDecoded, ""},
    {EventType::kBeginLoadQuery, "BEGIN_LOAD_QUERY_EVENT", kSkipped, kLoadedFile},
    {EventType::kExecuteLoadQuery, "EXECUTE_LOAD_QUERY_EVENT", kDecoded, ""},
    {EventType::kTableMap, "TABLE_MAP_EVENT", kDecoded, ""},
    {EventType::kPreGaWriteRows, "PRE_GA_WRITE_ROWS_EVENT", kNotSupported, kAncient},
    {EventType::kPreGaUpdateRows, "PRE_GA_UPDATE_ROWS_EVENT", kNotSupported, kAncient},
    {EventType::kPreGaDeleteRows, "PRE_GA_DELETE_ROWS_EVENT", kNotSupported, kAncient},
    {EventType::kWriteRowsV1, "WRITE_ROWS_EVENT_V1", kDecoded, ""},
    {EventType::kUpdateRowsV1, "UPDATE_ROWS_EVENT_V1", kDecoded, ""},
    {EventType::kDeleteRowsV1, "DELETE_ROWS_EVENT_V1", kDecoded, ""},
    {EventType::kIncident, "INCIDENT_EVENT", kDecoded, ""},
    {EventType::kHeartbeat, "HEARTBEAT_LOG_EVENT", kDecoded, ""},
    {EventType::kIgnorable, "IGNORABLE_LOG_EVENT", kSkipped, "carries nothing"},
    {EventType::kRowsQuery, "ROWS_QUERY_LOG_EVENT", kDecoded, ""},
    {EventType::kWriteRows, "WRITE_ROWS_EVENT", kDecoded, ""},
    {EventType::kUpdateRows, "UPDATE_ROWS_EVENT", kDecoded, ""},
    {EventType::kDeleteRows, "DELETE_ROWS_EVENT", kDecoded, ""},
    {EventType::kGtid, "GTID_LOG_EVENT", kDecoded, ""},
    {EventType::kAnonymousGtid, "ANONYMOUS_GTID_LOG_EVENT", kDecoded, ""},
    {EventType::kPreviousGtids, "PREVIOUS_GTIDS_LOG_EVENT", kDecoded, ""},
    {EventType::kTransactionContext, "TRANSACTION_CONTEXT_EVENT", kSkipped, kGroup},
    {EventType::kViewChange, "VIEW_CHANGE_EVENT", kSkipped, kGroup},
    {EventType::kXaPrepare, "XA_PREPARE_LOG_EVENT", kDecoded, ""},
    {EventType::kPartialUpdateRows, "PARTIAL_UPDATE_ROWS_EVENT", kDecoded, ""},
    {EventType::kTransactionPayload, "TRANSACTION_PAYLOAD_EVENT", kDecoded, ""},
    {EventType::kHeartbeatV2, "HEARTBEAT_LOG_EVENT_V2", kDecoded, ""},
    {EventType::kGtidTagged, "GTID_TAGGED_LOG_EVENT", kDecoded, ""},
    {EventType::kLargeTransactionHeader, "LARGE_TRANSACTION_HEADER_EVENT", kSkipped,
     "a hint for appliers; the transaction follows in full"},
    {EventType::kAnnotateRows, "ANNOTATE_ROWS_EVENT", kDecoded, ""},
    {EventType::kBinlogCheckpoint, "BINLOG_CHECKPOINT_EVENT", kSkipped,
     "for the source's own crash recovery"},
    {EventType::kMariadbGtid, "GTID_EVENT", kDecoded, ""},
    {EventType::kGtidList, "GTID_LIST_EVENT", kDecoded, ""},
    {EventType::kStartEncryption, "START_ENCRYPTION_EVENT", kSkipped,
     "the source decrypts what it sends"},
    {EventType::kQueryCompressed, "QUERY_COMPRESSED_EVENT", kDecoded, ""},
    {EventType::kWriteRowsCompressedV1, "WRITE_ROWS_COMPRESSED_EVENT_V1", kDecoded, ""},
    {EventType::kUpdateRowsCompressedV1, "UPDATE_ROWS_COMPRESSED_EVENT_V1", kDecoded, ""},
    {EventType::kDeleteRowsCompressedV1, "DELETE_ROWS_COMPRESSED_EVENT_V1", kDecoded, ""},
    {EventType::kWriteRowsCompressed, "WRITE_ROWS_COMPRESSED_EVENT", kDecoded, ""},
    {EventType::kUpdateRowsCompressed, "UPDATE_ROWS_COMPRESSED_EVENT", kDecoded, ""},
    {EventType::kDeleteRowsCompressed, "DELETE_ROWS_COMPRESSED_EVENT", kDecoded, ""},
    {EventType::kPartialRowData, "PARTIAL_ROW_DATA_EVENT", kNotSupported,
     "it is a piece of a rows event; set binlog_row_event_fragment_threshold to its maximum at the "
     "source"},
});

static_assert(std::ranges::is_sorted(kTypes, {}, &EventTypeInfo::type));

/// Place of each type byte in kTypes, plus one; 0 for unknown types.
constexpr auto kIndex = [] {
  std::array<uint8_t, 256> index{};
  for (size_t i = 0; i < kTypes.size(); ++i) {
    index[static_cast<uint8_t>(kTypes[i].type)] = static_cast<uint8_t>(i + 1);
  }
  return index;
}();

}  // namespace

const EventTypeInfo* find_event_type(EventType type) {
  const uint8_t place = kIndex[static_cast<uint8_t>(type)];
  return place == 0 ? nullptr : &kTypes[place - 1U];
}

std::string_view to_string(EventType type) {
  const EventTypeInfo* info = find_event_type(type);
  return info == nullptr ? "unknown type" : info->name;
}

std::string describe(EventType type) {
  const std::string name(to_string(type));
  return find_event_type(type) == nullptr ? name + " " + std::to_string(static_cast<unsigned>(type))
                                          : name;
}

}  // namespace rowmill::binlog
