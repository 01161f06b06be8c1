// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "source/prepared_groups.h"
#include "source/replica_session.h"
#include "source/source_settings.h"

namespace rowmill::source {

/// Reads a prepared group over a link of its own beside the task's: another replica in the eyes of
/// the source, connected only while it reads. Finds the group by file and position; where those
/// mean nothing any more, as after a failover, MySQL is asked for the very GTID.
class PreparedGroupReader : public PreparedGroups {
 public:
  /// `settings`: the task's. Their identity is changed here, so that the source does not take the
  /// second link for a reconnect of the first.
  explicit PreparedGroupReader(SourceSettings settings);

  /// Interrupts the reading; kept for all that follows.
  void stop_with(std::stop_token stop) { stop_ = std::move(stop); }

  base::Result<void> read(const model::PreparedXa& xa, const Visitor& visit) override;

 private:
  using Session = std::unique_ptr<ReplicaSession>;

  /// A link that has just delivered the group's GTID event.
  base::Result<Session> find(const model::PreparedXa& xa) const;
  base::Result<Session> find_by_position(mysql::Connection connection,
                                         const model::PreparedXa& xa) const;
  base::Result<Session> find_by_gtid(const model::PreparedXa& xa,
                                     const model::MysqlGtid& gtid) const;
  base::Result<void> visit_group(ReplicaSession& session, const model::PreparedXa& xa,
                                 const Visitor& visit);
  base::Result<ReplicaSession::LocatedEvent> next_of_group(ReplicaSession& session);

  const SourceSettings settings_;
  std::stop_token stop_;
  /// The last event that came damaged: what it says names the place.
  std::string last_damage_;
};

}  // namespace rowmill::source
