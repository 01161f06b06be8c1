// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "convert/form_settings.h"
#include "convert/truncation.h"

namespace rowmill::convert {

/// What a connector's configuration says about its records.
struct ConvertSettings {
  /// topic.prefix: the first part of topic names, and `source.name`.
  std::string topic_prefix;
  /// key.converter.schemas.enable, value.converter.schemas.enable.
  bool key_schemas = false;
  bool value_schemas = false;
  /// tombstones.on.delete.
  bool tombstones_on_delete = true;
  /// skipped.operations, each by its letter: c, u, d, t. There are no truncate records so far, so
  /// that t changes nothing. Rows that a snapshot reads (r) cannot be skipped.
  std::set<char> skipped_operations = {'t'};
  /// source.fields: what `source` holds beyond the lean default, of kExtraSourceFields.
  std::set<std::string> source_fields;
  /// *.handling.mode, time.precision.mode.
  FormSettings forms;
  /// include.schema.changes: records about changed definitions to the topic `topic_prefix`.
  bool include_schema_changes = false;
  /// kDiff cannot be combined with value_schemas: a schema has no words for the changes.
  PartialJsonMode partial_json = PartialJsonMode::kFail;
  /// column.truncate.to.*.
  std::vector<Truncation> truncations;
  /// Ours, for `source.version`.
  std::string version;
  /// Milliseconds since 1970 now, for `ts_ms` of the envelope.
  std::function<int64_t()> clock_ms;
};

}  // namespace rowmill::convert
