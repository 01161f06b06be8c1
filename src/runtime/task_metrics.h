// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

namespace rowmill::runtime {

/// Counters of one task since it started. Written by its threads, read by anyone; each is exact,
/// but they are not read at one moment. Names for the outside are in README.md.
struct TaskMetrics {
  std::atomic<uint64_t> changes{0};
  std::atomic<uint64_t> records{0};
  std::atomic<uint64_t> record_bytes{0};
  std::atomic<uint64_t> commits{0};
  std::atomic<uint64_t> aborts{0};
  /// Source transactions that were cut because they passed a configured size or time (G3).
  std::atomic<uint64_t> cuts{0};
  std::atomic<uint64_t> leads{0};
};

}  // namespace rowmill::runtime
