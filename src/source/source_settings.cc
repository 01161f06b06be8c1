// SPDX-License-Identifier: Apache-2.0
#include "source/source_settings.h"

#include <string_view>

namespace rowmill::source {

namespace {

/// As the other hexadecimal digit that differs in the bit.
char with_bit_turned(char digit, unsigned bit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const size_t value = kDigits.find(digit);
  return value == std::string_view::npos ? '0' : kDigits[value ^ bit];
}

}  // namespace

SourceSettings beside_the_task(SourceSettings settings, SideLink link) {
  const bool catalog = link == SideLink::kCatalog;
  // A command beside a worker changes other parts.
  const uint32_t mark = catalog ? 0x08000000 : 0x20000000;
  constexpr uint32_t kInsteadOfZero = 0x10000000;
  // An id of 0 would ask the source for what it has now, not for a stream.
  settings.server_id ^= settings.server_id == mark ? kInsteadOfZero : mark;
  if (!settings.replica_uuid.empty()) {
    char& last = settings.replica_uuid.back();
    last = with_bit_turned(last, catalog ? 2 : 1);
  }
  settings.reported_host += catalog ? "-catalog" : "-xa";
  return settings;
}

}  // namespace rowmill::source
