// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace rowmill::schema {

/// Names in lower case as the servers write them (utf8mb3_general_ci, of which MySQL 9.7 and
/// MariaDB 10.11 and 11.8 have the same): names of tables under lower_case_table_names.
[[nodiscard]] std::string lower_case(std::string_view utf8);

/// Whether columns or keys of these names are the same: without regard to case, with regard to
/// accents.
[[nodiscard]] bool same_name(std::string_view left, std::string_view right);

}  // namespace rowmill::schema
