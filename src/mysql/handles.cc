// SPDX-License-Identifier: Apache-2.0
#include "mysql/handles.h"

#include <mysql.h>
#include <unistd.h>

namespace rowmill::mysql {

void MysqlCloser::operator()(st_mysql* handle) const { mysql_close(handle); }

void ResultFreer::operator()(st_mysql_res* result) const { mysql_free_result(result); }

FileDescriptor::~FileDescriptor() {
  if (is_open()) ::close(value_);
}

}  // namespace rowmill::mysql
