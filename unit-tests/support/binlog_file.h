// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "binlog/event.h"
#include "binlog/row_layout.h"

namespace rowmill::test {

/// The events of a binlog file as a dump would send them: the format description without its in-use
/// bit, which is not part of its checksum. Errors: kConfig when it cannot be read, kCorrupt.
base::Result<std::vector<std::vector<std::byte>>> read_binlog_file(const std::string& path);

/// A layout with which all rows of a table can be read: text as bytes, labels invented where the
/// server did not log them.
binlog::RowLayout layout_of(const binlog::TableMap& map);

}  // namespace rowmill::test
