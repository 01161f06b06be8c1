// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "binlog/row_layout.h"

namespace rowmill::binlog {

/// A line of unit-tests/testdata/values/<TYPE>.txt: see generate.py there.
struct CellCase {
  std::shared_ptr<const CellFormat> format;
  std::string server;
  std::string sql_type;
  std::string inserted;
  std::string cell;
  std::string expected;
};

inline std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

inline std::string to_hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string hex;
  for (const char c : bytes) {
    hex += kDigits[static_cast<unsigned char>(c) >> 4];
    hex += kDigits[static_cast<unsigned char>(c) & 0x0f];
  }
  return hex;
}

inline std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

/// "6162 61*1000": hex, and hex with a count, one after the other.
inline std::string from_runs(const std::string& runs) {
  std::string bytes;
  for (const std::string& piece : split(runs, ' ')) {
    const size_t star = piece.find('*');
    const std::string unit = from_hex(piece.substr(0, star));
    const int count = star == std::string::npos ? 1 : std::stoi(piece.substr(star + 1));
    for (int i = 0; i < count; ++i) bytes += unit;
  }
  return bytes;
}

inline StringForm string_form_of(const std::string& sql_type) {
  if (sql_type == "UUID") return StringForm::kUuid;
  if (sql_type == "INET4") return StringForm::kInet4;
  if (sql_type == "INET6") return StringForm::kInet6;
  return StringForm::kPlain;
}

inline std::shared_ptr<const CellFormat> parse_format(const std::vector<std::string>& fields) {
  auto format = std::make_shared<CellFormat>();
  format->type = FieldType{static_cast<uint8_t>(std::stoi(fields.at(3)))};
  format->metadata = static_cast<uint16_t>(std::stoi(fields.at(4)));
  format->is_unsigned = fields.at(5) == "1";
  format->charset = Charset::find(fields.at(6));
  format->string_form = string_form_of(fields.at(2));
  if (fields.at(7) != "-") {
    for (const std::string& label : split(fields.at(7), ','))
      format->labels.push_back(from_hex(label));
  }
  return format;
}

inline std::vector<CellCase> read_cell_cases(const std::string& type) {
  std::vector<CellCase> cases;
  CellCase next;
  std::ifstream file(ROWMILL_TESTDATA "/values/" + type + ".txt");
  std::string line;
  while (std::getline(file, line)) {
    const std::vector<std::string> fields = split(line, '\t');
    if (fields[0] == "define") {
      next.format = parse_format(fields);
      next.server = fields[1];
      next.sql_type = fields[2];
    } else if (fields[0] == "data" || fields[0] == "large") {
      const bool is_large = fields[0] == "large";
      next.inserted = fields.at(1);
      next.cell = is_large ? from_runs(fields.at(2)) : from_hex(fields.at(2));
      next.expected = is_large ? from_runs(fields.at(3)) : fields.at(3);
      const bool is_json = next.format->type == FieldType::kJson;
      if (is_large && !is_json) next.expected = to_hex(next.expected);
      cases.push_back(next);
    }
  }
  return cases;
}

}  // namespace rowmill::binlog
