// SPDX-License-Identifier: Apache-2.0
//
// CREATE TABLE, and the options that ALTER TABLE shares. MySQL manual, "CREATE TABLE Statement".
#include "schema/ddl_parser_rules.h"

namespace rowmill::schema {

namespace {

/// A query whose columns the new table takes over.
bool at_query(const TokenReader& in) {
  return in.at_one_of({"SELECT", "VALUES", "TABLE", "AS"}) ||
         (in.at_word("WITH") && !in.second_is_one_of({"SYSTEM"})) ||
         (in.at_one_of({"REPLACE", "IGNORE"}) &&
          in.second_is_one_of({"SELECT", "VALUES", "TABLE", "AS", "WITH"})) ||
         in.at_symbol('(');
}

/// PARTITION BY up to a query or the end.
void skip_partitions(TokenReader& in) {
  while (!in.at_end() && !in.at_symbol(';') && !in.at(TokenKind::kBroken)) {
    const bool query_in_parentheses =
        in.at_symbol('(') && in.second_is_one_of({"SELECT", "VALUES", "TABLE", "WITH"});
    if (query_in_parentheses || (at_query(in) && !in.at_symbol('('))) return;
    if (in.at_symbol('(')) {
      in.skip_parentheses();
    } else {
      in.take();
    }
  }
}

bool at_literal(const TokenReader& in) {
  const bool size = in.at(TokenKind::kWord) && in.peek().text[0] >= '0' && in.peek().text[0] <= '9';
  return size || in.at(TokenKind::kString) || in.at(TokenKind::kNumber) ||
         in.at(TokenKind::kBytes) || in.at_symbol('(');
}

void skip_value(TokenReader& in) {
  if (in.at_symbol('(')) {
    in.skip_parentheses();
  } else {
    in.take();
  }
}

/// Options are many and new ones come, but all are a name and a value. Only with "=" or before a
/// literal can an unknown one be told from a clause.
bool accept_other_option(TokenReader& in) {
  if (!in.at_name()) return false;
  const bool takes_word = in.at_one_of({"ENGINE", "TYPE", "ROW_FORMAT", "TABLESPACE", "STORAGE",
                                        "INSERT_METHOD", "ALGORITHM", "LOCK", "SECONDARY_ENGINE"});
  in.take();
  in.accept("DIRECTORY");
  const bool word =
      in.accept_symbol('=') || takes_word || in.at_one_of({"DEFAULT", "NULL", "YES", "NO"});
  if (at_literal(in) || (word && in.at_name())) {
    skip_value(in);
  } else {
    in.fail("the value of an option");
  }
  return true;
}

/// SEQUENCE=1 of MariaDB, as SHOW CREATE TABLE tells of a sequence.
bool accept_sequence(TokenReader& in, bool& sequence) {
  if (!in.context().mariadb || !in.accept("SEQUENCE")) return false;
  in.accept_symbol('=');
  sequence = in.at(TokenKind::kNumber) ? in.number() != 0 : in.lower_case_word() != "no";
  return true;
}

void read_options(TokenReader& in, CreateTable& create, bool& sequence) {
  while (!in.at_end() && !in.at_symbol(';')) {
    if (in.accept("PARTITION", "BY")) {
      skip_partitions(in);
    } else if (in.accept("START", "TRANSACTION")) {
      // MySQL logs CREATE TABLE ... SELECT so, with the columns spelt out and the options behind.
    } else if (at_query(in)) {
      create.from_select = true;
      in.skip_rest();
    } else if (!in.accept_symbol(',') && !accept_sequence(in, sequence) &&
               !accept_table_option(in, create.options)) {
      in.fail("a table option");
    }
  }
}

/// What stands in parentheses behind the name: a table, a list, or a query.
void read_parentheses(TokenReader& in, CreateTable& create) {
  if (in.second_is_one_of({"LIKE"})) {
    in.take();
    in.take();
    create.like = in.table_name();
    in.expect_symbol(')');
  } else if (!in.second_is_symbol('(') &&
             !in.second_is_one_of({"SELECT", "VALUES", "TABLE", "WITH"})) {
    TableElements elements;
    read_table_elements(in, elements);
    if (!name_period_columns(elements)) in.fail("PERIOD FOR, since a key is WITHOUT OVERLAPS,");
    create.columns = std::move(elements.columns);
    create.keys = std::move(elements.keys);
    create.options = std::move(elements.options);
  }
}

}  // namespace

void read_table_elements(TokenReader& in, TableElements& elements) {
  in.expect_symbol('(');
  do {
    if (at_key_or_constraint(in)) {
      read_key_or_constraint(in, elements);
    } else {
      elements.columns.push_back(read_column(in, elements.options));
    }
  } while (in.accept_symbol(','));
  in.expect_symbol(')');
}

bool accept_table_option(TokenReader& in, TableOptions& options) {
  if (in.accept("DEFAULT")) {
    if (!accept_charset_clause(in, options.charset)) in.fail("CHARACTER SET or COLLATE");
    return true;
  }
  if (in.accept("WITH", "SYSTEM")) {
    in.expect("VERSIONING");
    options.system_versioning = true;
    return true;
  }
  return accept_charset_clause(in, options.charset) || accept_other_option(in);
}

DdlStatement read_create_table(TokenReader& in, bool or_replace) {
  CreateTable create;
  create.or_replace = or_replace;
  create.if_not_exists = in.accept_if_not_exists();
  create.table = in.table_name();
  if (in.accept("LIKE")) {
    create.like = in.table_name();
    return create;
  }
  if (in.at_symbol('(')) read_parentheses(in, create);
  if (create.like) return create;
  bool sequence = false;
  read_options(in, create, sequence);
  if (create.columns.empty() && !create.from_select) in.fail("columns");
  if (sequence) return CreateSequence{create.table, or_replace, create.if_not_exists};
  return create;
}

}  // namespace rowmill::schema
