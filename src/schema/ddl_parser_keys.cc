// SPDX-License-Identifier: Apache-2.0
//
// Keys and constraints of a table. MySQL manual, "CREATE INDEX Statement"; MariaDB Knowledge Base,
// "CREATE TABLE", "Application-Time Periods".
#include "schema/ddl_parser_rules.h"

namespace rowmill::schema {

namespace {

bool at_index_word(const TokenReader& in) { return in.at_one_of({"INDEX", "KEY"}); }

/// VECTOR, CLUSTERING and PERIOD may as well be names of columns.
bool at_special_index(const TokenReader& in) {
  return (in.at_word("VECTOR") && in.second_is_one_of({"INDEX", "KEY"})) ||
         (in.at_word("CLUSTERING") && in.second_is_one_of({"INDEX", "KEY", "UNIQUE"}));
}

bool at_period(const TokenReader& in) {
  return in.at_word("PERIOD") && in.second_is_one_of({"FOR", "IF"});
}

/// Which key begins here, behind CONSTRAINT or not.
KeyKind read_key_words(TokenReader& in) {
  in.accept("CLUSTERING");
  if (in.accept("PRIMARY")) {
    in.expect("KEY");
    return KeyKind::kPrimary;
  }
  KeyKind kind = KeyKind::kOther;
  if (in.accept("UNIQUE")) {
    kind = KeyKind::kUnique;
  } else {
    in.accept_one_of({"FULLTEXT", "SPATIAL", "VECTOR"});
  }
  in.accept("CLUSTERING");
  if (at_index_word(in)) in.take();
  return kind;
}

/// A name comes first, if there is one; TYPE and USING say what kind of index.
std::string accept_key_name(TokenReader& in) {
  const bool type = in.at_word("USING") || (in.at_word("TYPE") && !in.second_is_symbol('(') &&
                                            !in.second_is_one_of({"USING", "TYPE"}));
  return type || !in.at_name() ? std::string() : in.name();
}

WrittenKey::Part read_key_part(TokenReader& in, bool& over_period) {
  WrittenKey::Part part;
  if (in.at_symbol('(')) {
    in.skip_parentheses();
  } else {
    part.column = in.column_name();
    if (in.accept_symbol('(')) {
      part.prefix = in.number();
      in.expect_symbol(')');
    }
  }
  in.accept_one_of({"ASC", "DESC"});
  if (in.accept("WITHOUT", "OVERLAPS")) over_period = true;
  return part;
}

void read_key(TokenReader& in, std::string constraint, TableElements& elements) {
  WrittenKey key;
  key.kind = read_key_words(in);
  key.if_not_exists = in.accept_if_not_exists();
  key.name = accept_key_name(in);
  if (key.name.empty()) key.name = std::move(constraint);
  if (key.kind == KeyKind::kPrimary) key.name.clear();
  accept_index_type(in, key);
  bool over_period = false;
  key.parts = read_key_parts(in, over_period);
  read_key_options(in, key);
  key.columns_before = elements.columns.size();
  if (over_period) elements.keys_over_period.push_back(elements.keys.size());
  elements.keys.push_back(std::move(key));
}

/// Behind FOREIGN KEY: its index is an ordinary one.
void skip_foreign_key(TokenReader& in) {
  in.accept_if_not_exists();
  if (in.at_name()) in.name();
  in.skip_parentheses();
  in.expect("REFERENCES");
  skip_reference(in);
}

void read_period(TokenReader& in, TableOptions& options) {
  in.expect("PERIOD");
  in.accept_if_not_exists();
  in.expect("FOR");
  const bool system = in.accept("SYSTEM_TIME");
  if (!system) in.name();
  in.expect_symbol('(');
  std::vector<std::string> columns = {in.name()};
  in.expect_symbol(',');
  columns.push_back(in.name());
  in.expect_symbol(')');
  options.system_period |= system;
  if (!system) options.period_columns = std::move(columns);
}

}  // namespace

bool at_key_or_constraint(const TokenReader& in) {
  return in.at_one_of({"PRIMARY", "UNIQUE", "INDEX", "KEY", "FULLTEXT", "SPATIAL", "CONSTRAINT",
                       "FOREIGN", "CHECK"}) ||
         at_special_index(in) || at_period(in);
}

void read_key_or_constraint(TokenReader& in, TableElements& elements) {
  if (at_period(in)) return read_period(in, elements.options);
  std::string constraint;
  if (in.accept("CONSTRAINT")) {
    in.accept_if_not_exists();
    if (!in.at_one_of({"PRIMARY", "UNIQUE", "FOREIGN", "CHECK"})) constraint = in.name();
  }
  if (in.accept("CHECK")) {
    skip_check(in);
  } else if (in.accept("FOREIGN", "KEY")) {
    skip_foreign_key(in);
  } else {
    read_key(in, std::move(constraint), elements);
  }
}

bool name_period_columns(TableElements& elements) {
  if (elements.keys_over_period.empty()) return true;
  const auto& period = elements.options.period_columns;
  if (period.size() != 2) return false;
  for (const size_t index : elements.keys_over_period) {
    auto& parts = elements.keys[index].parts;
    parts.back().column = period[1];
    parts.push_back({.column = period[0]});
  }
  return true;
}

std::vector<WrittenKey::Part> read_key_parts(TokenReader& in, bool& over_period) {
  std::vector<WrittenKey::Part> parts;
  in.expect_symbol('(');
  do {
    parts.push_back(read_key_part(in, over_period));
  } while (in.accept_symbol(','));
  in.expect_symbol(')');
  return parts;
}

bool accept_index_type(TokenReader& in, WrittenKey& key) {
  if (!in.accept_one_of({"USING", "TYPE"})) return false;
  key.using_hash = in.at_word("HASH");
  in.name();
  return true;
}

/// Options in any order; of them only the kind of index matters.
void read_key_options(TokenReader& in, WrittenKey& key) {
  while (in.at_name() && !in.at_word("PARTITION") && !in.at_words("REMOVE", "PARTITIONING")) {
    if (accept_index_type(in, key)) continue;
    in.take();
    in.accept_symbol('=');
    if (in.at(TokenKind::kString) || in.at(TokenKind::kNumber)) in.take();
  }
}

}  // namespace rowmill::schema
