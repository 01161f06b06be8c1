// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "connect/converter.h"
#include "connect/leadership.h"
#include "connect/offset_store.h"
#include "connect/record_sink.h"
#include "connect/schema_history.h"
#include "connect/source_task.h"
#include "runtime/batch_builder.h"

namespace rowmill::runtime {

/// What a task is put together from. The owner (app/) keeps all of it alive while the task runs.
struct Ports {
  connect::SourceTask& source;
  connect::Converter& converter;
  connect::RecordSink& sink;
  connect::OffsetStore& offsets;
  connect::SchemaHistory& history;
  connect::Leadership& leadership;
};

struct CommitSettings {
  /// For logs.
  std::string connector;
  /// Identity of this worker's life; see StoredOffset::writer.
  std::string writer;
  /// A Kafka transaction is committed at the next boundary once it holds this much or is this
  /// old...
  uint64_t max_changes = 50'000;
  uint64_t max_bytes = uint64_t{32} * 1024 * 1024;
  std::chrono::milliseconds max_age{200};
  /// ...and within a source transaction (a cut) at this many changes (0: never) or this age.
  uint64_t cut_changes = 0;
  std::chrono::milliseconds cut_age{30'000};
  size_t queue_bytes = size_t{8} * 1024 * 1024;
  std::chrono::milliseconds first_retry{200};
  std::chrono::milliseconds longest_retry{30'000};
  /// How long a fenced worker waits for the other one to leave its mark before it looks.
  std::chrono::milliseconds fenced_pause{2'000};
  BatchBuilder::Settings builder;
};

}  // namespace rowmill::runtime
