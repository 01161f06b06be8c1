// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rowmill::convert {

// Each function appends one JSON value (RFC 8259) to `out` and allocates only when `out` must grow.

/// Quotes `utf8` and escapes what JSON demands and nothing else: quote, backslash and the control
/// characters below U+0020, in the spelling of Jackson (\n, \t, ..., else \u001F). The rest is
/// copied.
void append_string(std::string& out, std::string_view utf8);

/// Standard Base64 with padding (RFC 4648 §4) between quotes, as Kafka Connect writes bytes.
void append_base64(std::string& out, std::span<const std::byte> data);
/// The same with - and _ for + and / (RFC 4648 §5), as Java's Base64.getUrlEncoder().
void append_base64_url_safe(std::string& out, std::span<const std::byte> data);
/// Two lower-case hexadecimal digits for each byte, between quotes.
void append_hex(std::string& out, std::span<const std::byte> data);

void append_number(std::string& out, int64_t value);
void append_number(std::string& out, uint64_t value);
/// The shortest digits that read back as the same float or double; `value` must be finite.
void append_number(std::string& out, float value);
void append_number(std::string& out, double value);

}  // namespace rowmill::convert
