// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace rowmill::app {

inline constexpr std::string_view kHelp =
    R"(rowmill - MySQL and MariaDB changes into Kafka, exactly once

Usage:
  rowmill run WORKER.properties CONNECTOR.properties...
  rowmill check WORKER.properties CONNECTOR.properties...
  rowmill offsets list|set|reset WORKER.properties [CONNECTOR.properties]
  rowmill tail CONNECTOR.properties
  rowmill settings
  rowmill --version

Commands:
  run        follow the sources and write their changes to Kafka until told to stop
  check      look at files, sources and broker, change nothing, name every problem
  offsets    show, set or reset where a connector goes on
  tail       print change records on standard output; needs no Kafka
  settings   print the reference of all settings (Markdown)

`rowmill COMMAND --help` tells more.

Exit codes:
  0  done, or stopped as asked
  1  the command line is wrong
  2  a setting, the source or the broker must be mended
  3  a task stopped: input that is damaged or not supported
  4  another worker took over, or the source offset was set from outside
  5  the source or the broker was not reachable
)";

inline constexpr std::string_view kRunHelp =
    R"(rowmill run - follow the sources and write their changes to Kafka

Usage:
  rowmill run WORKER.properties CONNECTOR.properties...

The worker file says where Kafka is and how records are written; each connector
file describes one MySQL or MariaDB server. Keys are those of Kafka Connect and
of Debezium; `rowmill settings` lists them.

A connector without a source offset starts at its start.position. Afterwards it
goes on from the offset that is committed with its records.

SIGTERM and SIGINT finish the open transaction within
task.shutdown.graceful.timeout.ms and leave nothing to redo; after a second
signal, or a kill, the next start redoes what was not committed, and consumers
that read committed records see every change once all the same.

Log lines go to standard error. A task that must stop says why and what to do;
the other tasks go on. Exit codes: see `rowmill --help`.

Example:
  rowmill run config/worker.properties config/orders.properties
)";

inline constexpr std::string_view kCheckHelp =
    R"(rowmill check - find out what would keep a worker from running

Usage:
  rowmill check WORKER.properties CONNECTOR.properties...

Reads the files, logs in to each source and looks at its settings, grants and
binlog, and asks the broker for the offsets topic. Changes nothing. Prints each
problem with its remedy, then one line with their number.

Exit code 0 if `run` may start, 2 if there is a problem.
)";

inline constexpr std::string_view kOffsetsHelp = R"(rowmill offsets - where a connector goes on

Usage:
  rowmill offsets list  WORKER.properties [CONNECTOR.properties]
  rowmill offsets set   WORKER.properties CONNECTOR.properties --to PLACE
  rowmill offsets reset WORKER.properties CONNECTOR.properties

  list    print the committed source offsets, one JSON object a line
  set     the connector goes on at PLACE: all changes after it are written again
          or skipped
  reset   forget the offset: the connector starts at its start.position

PLACE is file:position, a GTID set (everything but those transactions), earliest
or latest, as the source has it now; a place between two transactions. XA
transactions that are prepared before PLACE are not known to the connector any
more: it stops at the XA COMMIT of one.

A worker that is running the connector is fenced by set and reset: it stops
emitting and says why. Stop it first, or start it again afterwards.

Example:
  rowmill offsets set worker.properties orders.properties --to binlog.000003:157
)";

inline constexpr std::string_view kTailHelp =
    R"(rowmill tail - print change records, no Kafka needed

Usage:
  rowmill tail CONNECTOR.properties [--from PLACE] [--limit N]

  --from PLACE   instead of the connector's start.position: earliest, latest,
                 a GTID set or file:position
  --limit N      end after N records

Prints one JSON object a line: topic, key, value and headers as `run` would
write them. Stores no offset. Ends with Ctrl-C.

Example:
  rowmill tail config/orders.properties --from earliest | jq .value.after
)";

inline constexpr std::string_view kSettingsHelp =
    R"(rowmill settings - print the reference of all settings

Usage:
  rowmill settings

Markdown tables of the keys of worker and connector files, with type, default
and meaning.
)";

}  // namespace rowmill::app
