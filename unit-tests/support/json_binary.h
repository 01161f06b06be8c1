// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "support/event_bytes.h"

namespace rowmill::test {

/// Offsets and sizes of objects and arrays: two bytes where they fit, or four everywhere.
enum class JsonContainers : uint8_t { kSmallest, kLarge };

/// The document of a JSON text in MySQL's binary form, as json_binary.h and json_binary.cc of MySQL
/// 9.7 describe it, type byte included. Numbers take the types that the server's parser gives them.
/// Throws std::invalid_argument for text that is not JSON, or too large for the form.
Bytes json_binary(std::string_view text, JsonContainers containers = JsonContainers::kSmallest);

}  // namespace rowmill::test
