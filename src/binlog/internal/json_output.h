// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "model/value.h"

namespace rowmill::binlog {

/// JSON text that grows in an arena. Writes scalars as MySQL prints them; knows nothing of
/// structure. Nothing else may allocate from the arena until finish().
class JsonOutput {
 public:
  JsonOutput(base::Arena& arena, size_t expected_bytes);

  void text(std::string_view text) {
    reserve(text.size());
    text.copy(begin_ + used_, text.size());
    used_ += text.size();
  }
  void character(char c) {
    reserve(1);
    begin_[used_++] = c;
  }
  void integer(int64_t value);
  void unsigned_integer(uint64_t value);
  /// `value` is finite.
  void number(double value);
  /// In quotes, with escapes.
  void quoted(std::string_view utf8);
  void date(const model::Date& date);
  void time(const model::Time& time);
  void datetime(const model::DateTime& datetime);
  /// "base64:type15:…", the form of what JSON has no word for.
  void opaque(uint8_t type, std::span<const std::byte> data);

  /// Gives back what was reserved and not used.
  std::string_view finish();

 private:
  void reserve(size_t count) {
    if (count > capacity_ - used_) grow(count);
  }
  void grow(size_t count);
  void padded(uint32_t value, size_t digits);
  void time_of_day(uint32_t hour, uint32_t minute, uint32_t second, uint32_t microsecond);

  base::Arena& arena_;
  char* begin_;
  size_t used_ = 0;
  size_t capacity_;
};

}  // namespace rowmill::binlog
