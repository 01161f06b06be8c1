// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string_view>

#include "base/result.h"
#include "model/source_offset.h"
#include "mysql/server_facts.h"
#include "source/source_settings.h"

namespace rowmill::source {

/// start.position where the binlog ends.
inline constexpr std::string_view kLatest = "latest";

/// The source offset that start.position stands for: "earliest" (all that the source still has),
/// "latest" (its present end), a GTID set (all but those), or "file:position" (from there on).
/// Errors: kConfig, with what the source has instead.
base::Result<model::SourceOffset> resolve_start_position(const SourceSettings& settings,
                                                         const mysql::ServerFacts& facts,
                                                         std::stop_token stop);

/// What had been executed where `position` is, on a server with GTIDs. MySQL: reads the binlog file
/// from its head, which also shows whether the position lies between two transactions.
/// Errors: kConfig if it does not, or if the file is not there; the link's.
base::Result<model::GtidSet> gtids_at(const SourceSettings& settings,
                                      const mysql::ServerFacts& facts,
                                      const model::Position& position, std::stop_token stop);

}  // namespace rowmill::source
