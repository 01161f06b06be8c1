// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "model/value.h"

namespace rowmill::convert {

/// What became of a cell; all but kWritten stop the task, since no value is ever bent to fit.
enum class CellOutcome : uint8_t {
  kWritten,
  /// The cell is not of the type that the column's kind promises.
  kOtherType,
  /// NaN or infinity, which JSON cannot write.
  kNotFinite,
  /// A value that the form cannot hold: Form::limit says which.
  kBeyondForm,
  /// A date that no calendar has, such as February 31.
  kNoSuchDay,
  /// WKB that does not follow its format, or is not of the column's type.
  kBadGeometry,
  /// Geometry collections within each other beyond kDeepestGeometry.
  kTooDeep,
};

/// Appends one cell, neither NULL nor absent, as a JSON value. Unless the outcome is kWritten,
/// nothing is appended. `limit` is for writers that truncate, see Form::truncating; others ignore
/// it.
using CellWriter = CellOutcome (*)(const model::Value& cell, uint32_t limit, std::string& out);

/// A writer from a function that takes the alternative of model::Value that the column's kind
/// promises: `CellOutcome append(const T&, std::string&)`, or void where every value can be
/// written.
template <typename T, auto append>
CellOutcome write_held(const model::Value& cell, uint32_t, std::string& out) {
  const T* held = std::get_if<T>(&cell);
  if (held == nullptr) return CellOutcome::kOtherType;
  if constexpr (std::is_void_v<decltype(append(*held, out))>) {
    append(*held, out);
    return CellOutcome::kWritten;
  } else {
    return append(*held, out);
  }
}

/// The same for a function that truncates: `void append(const T&, uint32_t limit, std::string&)`.
template <typename T, auto append>
CellOutcome write_truncated(const model::Value& cell, uint32_t limit, std::string& out) {
  const T* held = std::get_if<T>(&cell);
  if (held == nullptr) return CellOutcome::kOtherType;
  append(*held, limit, out);
  return CellOutcome::kWritten;
}

}  // namespace rowmill::convert
