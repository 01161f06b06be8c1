// SPDX-License-Identifier: Apache-2.0
//
// A column's name, type and attributes. MySQL manual, "CREATE TABLE Statement", column_definition.
#include "schema/ddl_parser_rules.h"

namespace rowmill::schema {

namespace {

void add_key_word(WrittenColumn& column, ColumnKeyWord word) {
  column.key = column.key == ColumnKeyWord::kNone || column.key == word
                   ? word
                   : ColumnKeyWord::kPrimaryAndUnique;
}

void make_serial(WrittenColumn& column) {
  column.nullable = false;
  column.auto_increment = true;
  add_key_word(column, ColumnKeyWord::kUnique);
}

bool accept_nullability(TokenReader& in, WrittenColumn& column) {
  if (in.accept("NULL")) {
    column.nullable = true;
  } else if (in.accept("NOT", "NULL")) {
    column.nullable = false;
  } else if (!in.accept("NOT", "SECONDARY")) {
    return false;
  }
  return true;
}

/// A bare KEY is the primary key.
bool accept_key_word(TokenReader& in, WrittenColumn& column) {
  if (in.accept("UNIQUE")) {
    in.accept("KEY");
    add_key_word(column, ColumnKeyWord::kUnique);
    return true;
  }
  if (in.accept("PRIMARY", "KEY") || in.accept("KEY")) {
    add_key_word(column, ColumnKeyWord::kPrimary);
    return true;
  }
  return false;
}

bool accept_value(TokenReader& in, WrittenColumn& column) {
  if (in.accept("SERIAL", "DEFAULT")) {
    in.expect("VALUE");
    make_serial(column);
  } else if (in.accept("DEFAULT")) {
    column.default_kind = read_default_value(in);
  } else if (in.accept("ON", "UPDATE")) {
    read_default_value(in);
    column.on_update_now = true;
  } else if (in.accept("AUTO_INCREMENT")) {
    column.auto_increment = true;
  } else {
    return false;
  }
  return true;
}

void read_generated(TokenReader& in, WrittenColumn& column) {
  if (in.accept("ROW")) {
    column.row_start_or_end = true;
    column.row_end = in.accept("END");
    if (!column.row_end) in.expect("START");
    return;
  }
  in.skip_parentheses();
  column.generated = model::Generated::kVirtual;
  if (in.accept_one_of({"STORED", "PERSISTENT"})) {
    column.generated = model::Generated::kStored;
  } else {
    in.accept("VIRTUAL");
  }
}

bool accept_generated(TokenReader& in, WrittenColumn& column) {
  if (in.accept("GENERATED", "ALWAYS")) {
    in.expect("AS");
  } else if (!in.accept("AS")) {
    return false;
  }
  read_generated(in, column);
  return true;
}

bool accept_constraint(TokenReader& in) {
  if (in.accept("CONSTRAINT")) {
    if (!in.at_word("CHECK")) in.name();
    in.expect("CHECK");
    skip_check(in);
  } else if (in.accept("CHECK")) {
    skip_check(in);
  } else if (in.accept("REFERENCES")) {
    skip_reference(in);
  } else {
    return false;
  }
  return true;
}

bool accept_versioning(TokenReader& in, TableOptions& options) {
  if (in.accept("WITH", "SYSTEM")) {
    options.system_versioning = true;
  } else if (!in.accept("WITHOUT", "SYSTEM")) {
    return false;
  }
  in.expect("VERSIONING");
  return true;
}

void skip_value(TokenReader& in) {
  if (in.at_name() || in.at(TokenKind::kString) || in.at(TokenKind::kNumber)) {
    in.take();
  } else {
    in.fail("a value");
  }
}

/// What says nothing about rows: comments, storage, and options of engines (MariaDB).
bool accept_storage_attribute(TokenReader& in, WrittenColumn& column) {
  if (in.accept("INVISIBLE")) {
    column.invisible = true;
  } else if (in.accept("VISIBLE")) {
    column.invisible = false;
  } else if (in.accept_one_of({"COMMENT", "COLUMN_FORMAT", "STORAGE", "SRID", "ENGINE_ATTRIBUTE",
                               "SECONDARY_ENGINE_ATTRIBUTE"})) {
    in.accept_symbol('=');
    skip_value(in);
  } else if (in.accept("WITH", "COMPRESSION_DICTIONARY")) {
    in.name();
  } else if (in.at_name() && in.second_is_symbol('=')) {
    in.take();
    in.take();
    skip_value(in);
  } else {
    return false;
  }
  return true;
}

bool accept_attribute(TokenReader& in, WrittenColumn& column, TableOptions& options) {
  return accept_nullability(in, column) || accept_value(in, column) ||
         accept_key_word(in, column) || accept_generated(in, column) || accept_constraint(in) ||
         accept_versioning(in, options) || accept_type_attribute(in, column.type) ||
         accept_storage_attribute(in, column);
}

}  // namespace

void skip_check(TokenReader& in) {
  in.skip_parentheses();
  if (!in.accept("NOT", "ENFORCED")) in.accept("ENFORCED");
}

/// REFERENCES x (y) ON DELETE SET NULL and the like.
void skip_reference(TokenReader& in) {
  in.table_name();
  if (in.at_symbol('(')) in.skip_parentheses();
  if (in.accept("MATCH")) in.name();
  while (in.accept("ON", "DELETE") || in.accept("ON", "UPDATE")) {
    if (in.accept("SET")) {
      if (!in.accept("NULL")) in.expect("DEFAULT");
    } else if (in.accept("NO")) {
      in.expect("ACTION");
    } else {
      in.name();
    }
  }
}

WrittenColumn read_column(TokenReader& in, TableOptions& options) {
  WrittenColumn column;
  column.name = in.column_name();
  TypeWords words = read_type_words(in);
  column.type = std::move(words.type);
  if (words.serial) make_serial(column);
  while (accept_attribute(in, column, options)) {
  }
  return column;
}

}  // namespace rowmill::schema
