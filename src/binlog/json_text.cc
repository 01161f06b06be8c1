// SPDX-License-Identifier: Apache-2.0
#include "binlog/internal/json_text.h"

#include "binlog/internal/json_printer.h"

namespace rowmill::binlog {

base::Result<std::string_view> json_to_text(std::span<const std::byte> document,
                                            base::Arena& arena) {
  JsonPrinter printer(document.size(), arena);
  printer.value(json_root(document));
  return printer.finish();
}

}  // namespace rowmill::binlog
