// SPDX-License-Identifier: Apache-2.0
//
// The value behind DEFAULT, which only has to be passed over. MySQL manual, "Data Type Default
// Values"; MariaDB takes most expressions without parentheses.
#include "schema/ddl_parser_rules.h"

namespace rowmill::schema {

namespace {

/// Adjacent strings are one.
void skip_strings(TokenReader& in) {
  while (in.at(TokenKind::kString)) in.take();
}

/// CASE ... END, with others inside.
void skip_case(TokenReader& in) {
  size_t depth = 0;
  do {
    if (in.at_word("CASE")) ++depth;
    if (in.at_word("END")) --depth;
    if (in.at_symbol('(')) {
      in.skip_parentheses();
    } else if (in.at_end() || in.at(TokenKind::kBroken)) {
      in.fail("END");
    } else {
      in.take();
    }
  } while (depth > 0 && !in.failed());
}

/// A name, a call, a word such as TRUE, or a literal behind DATE, _latin1 and their like.
void skip_word_value(TokenReader& in) {
  const bool introduces = in.at(TokenKind::kWord);
  in.column_name();
  if (in.at_symbol('(')) {
    in.skip_parentheses();
  } else if (introduces && in.at(TokenKind::kString)) {
    skip_strings(in);
  } else if (introduces && in.at(TokenKind::kBytes)) {
    in.take();
  }
}

}  // namespace

DefaultKind read_default_value(TokenReader& in) {
  if (in.accept("NULL")) return DefaultKind::kNull;
  if (in.accept_symbol('@')) in.accept_symbol('@');
  if (!in.accept_symbol('-')) in.accept_symbol('+');
  if (in.at_symbol('(')) {
    in.skip_parentheses();
  } else if (in.at_word("CASE")) {
    skip_case(in);
  } else if (in.accept("NEXT", "VALUE") || in.accept("PREVIOUS", "VALUE")) {
    in.expect("FOR");
    in.table_name();
  } else if (in.at(TokenKind::kNumber) || in.at(TokenKind::kBytes)) {
    in.take();
  } else if (in.at(TokenKind::kString)) {
    skip_strings(in);
  } else if (in.at_name()) {
    skip_word_value(in);
  } else {
    in.fail("a default value");
  }
  return DefaultKind::kValue;
}

}  // namespace rowmill::schema
