// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace rowmill::test {

/// What follows the first byte of an input of gtid_sets_fuzzer.
enum class GtidForm : uint8_t {
  kText,
  kPreviousGtids,
  kGtidList,
  kMariadbGtid,
  kAnonymous,
  kPlain,
  kTagged,
};
inline constexpr uint8_t kGtidForms = 7;

}  // namespace rowmill::test
