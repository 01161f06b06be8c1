// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"

#include <algorithm>

namespace rowmill::base {

char* Arena::allocate_block(size_t count) {
  const size_t block_bytes = std::max(count, kBlockBytes);
  if (blocks_.empty()) first_block_bytes_ = block_bytes;
  // Plain new[]: make_unique would zero the block, and every byte is written before it is read.
  blocks_.emplace_back(new char[block_bytes]);  // NOLINT(modernize-make-unique)
  next_ = blocks_.back().get() + count;
  end_ = blocks_.back().get() + block_bytes;
  return blocks_.back().get();
}

void Arena::reset() {
  if (blocks_.empty()) return;
  if (first_block_bytes_ > kBlockBytes) {
    blocks_.clear();
    next_ = end_ = nullptr;
    return;
  }
  blocks_.resize(1);
  next_ = blocks_.front().get();
  end_ = next_ + first_block_bytes_;
}

}  // namespace rowmill::base
