// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

#include "model/value.h"

namespace rowmill::test {

/// What must hold of every input; libFuzzer reports the abort with its stack.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// The text is JSON and well-formed UTF-8, and stays as it is once it went through the binary form.
void require_stable_json(std::string_view text);

/// The text of a JSON text's binary form.
std::string reprinted(std::string_view json);

/// A decoded value keeps the promises of model/value.h: text is UTF-8, JSON is JSON, numbers are
/// within the ranges named there.
void require_sound(const model::Value& value);

/// Writes the cells to `text` so that equal cells, and no others, give equal text.
void print(std::span<const model::Value> cells, std::string& text);

}  // namespace rowmill::test
