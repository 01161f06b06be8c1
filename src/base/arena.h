// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace rowmill::base {

/// Bump allocator for the bytes of values that live as long as one row or one event. Not
/// thread-safe. Views into it stay valid until reset(); reset() keeps one block of ordinary size,
/// so that the steady state allocates nothing.
class Arena {
 public:
  static constexpr size_t kBlockBytes = size_t{64} * 1024;

  /// `count` writable bytes, unaligned.
  char* allocate(size_t count) {
    if (count > static_cast<size_t>(end_ - next_)) return allocate_block(count);
    char* at = next_;
    next_ += count;
    return at;
  }
  /// Gives back the tail of the latest allocate(): only `used` of its bytes are kept.
  void shrink_last(char* at, size_t used) { next_ = at + used; }

  std::string_view copy(std::string_view text) {
    char* at = allocate(text.size());
    text.copy(at, text.size());
    return {at, text.size()};
  }

  void reset();

 private:
  char* allocate_block(size_t count);

  std::vector<std::unique_ptr<char[]>> blocks_;
  size_t first_block_bytes_ = 0;
  char* next_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace rowmill::base
