// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "schema/ddl_statement.h"

namespace rowmill::schema {

// Statements in a short form for tests: all that is set and nothing else, in a fixed order.
//   create t(id int not null pk, v varchar(10) cs=latin1; unique u(v))
//   alter t: add c int after a; drop b

std::string to_text(const WrittenType& type);
std::string to_text(const TableName& name);
std::string to_text(const DdlStatement& statement);

}  // namespace rowmill::schema
