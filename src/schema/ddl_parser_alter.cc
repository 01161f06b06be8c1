// SPDX-License-Identifier: Apache-2.0
//
// ALTER TABLE. MySQL manual, "ALTER TABLE Statement"; MariaDB Knowledge Base, the same.
#include "schema/ddl_parser_rules.h"

namespace rowmill::schema {

namespace {

using Clauses = std::vector<AlterClause>;

ColumnPlace read_place(TokenReader& in) {
  ColumnPlace place;
  if (in.accept("FIRST")) {
    place.first = true;
  } else if (in.accept("AFTER")) {
    place.after = in.column_name();
  }
  return place;
}

void add_options(TableOptions options, Clauses& clauses) {
  if (options.system_period) {
    clauses.emplace_back(OpenClause{"ADD PERIOD FOR SYSTEM_TIME"});
    return;
  }
  const bool says_something = options.charset != CharsetClause{} || options.system_versioning ||
                              !options.period_columns.empty();
  if (says_something) clauses.emplace_back(ChangeOptions{std::move(options)});
}

void add_elements(TableElements elements, bool if_not_exists, Clauses& clauses) {
  // A column's own WITH SYSTEM VERSIONING does not make a table a versioned one any more.
  elements.options.system_versioning = false;
  if (!name_period_columns(elements)) {
    clauses.emplace_back(OpenClause{"a key WITHOUT OVERLAPS"});
    return;
  }
  if (elements.columns.empty() && elements.keys.size() == 1) {
    clauses.emplace_back(AddKey{std::move(elements.keys.front())});
  } else if (!elements.columns.empty() || !elements.keys.empty()) {
    clauses.emplace_back(
        AddColumns{std::move(elements.columns), std::move(elements.keys), if_not_exists});
  }
  add_options(std::move(elements.options), clauses);
}

/// Behind ADD.
void read_add(TokenReader& in, Clauses& clauses) {
  if (in.accept("PARTITION")) return in.skip_rest();
  if (in.accept("SYSTEM", "VERSIONING")) {
    TableOptions versioned;
    versioned.system_versioning = true;
    return add_options(std::move(versioned), clauses);
  }
  TableElements elements;
  if (at_key_or_constraint(in)) {
    read_key_or_constraint(in, elements);
    return add_elements(std::move(elements), false, clauses);
  }
  in.accept("COLUMN");
  const bool if_not_exists = in.accept_if_not_exists();
  if (in.at_symbol('(')) {
    read_table_elements(in, elements);
  } else {
    WrittenColumn column = read_column(in, elements.options);
    column.place = read_place(in);
    elements.columns.push_back(std::move(column));
  }
  add_elements(std::move(elements), if_not_exists, clauses);
}

/// Behind DROP PERIOD. The columns of an application's own period stay as they are.
void read_drop_period(TokenReader& in, Clauses& clauses) {
  in.accept_if_exists();
  in.expect("FOR");
  if (in.at_word("SYSTEM_TIME")) clauses.emplace_back(OpenClause{"DROP PERIOD FOR SYSTEM_TIME"});
  in.name();
}

/// Behind DROP.
void read_drop(TokenReader& in, Clauses& clauses) {
  if (in.accept("PARTITION")) {
    in.skip_rest();
  } else if (in.accept("PRIMARY", "KEY")) {
    clauses.emplace_back(DropPrimaryKey{});
  } else if (in.accept("FOREIGN", "KEY") || in.accept("CHECK")) {
    in.accept_if_exists();
    in.name();
  } else if (in.accept_one_of({"INDEX", "KEY", "CONSTRAINT"})) {
    const bool if_exists = in.accept_if_exists();
    clauses.emplace_back(DropKey{in.name(), if_exists});
  } else if (in.accept("SYSTEM", "VERSIONING")) {
    clauses.emplace_back(DropSystemVersioning{});
  } else if (in.at_word("PERIOD") && in.second_is_one_of({"FOR", "IF"})) {
    in.take();
    read_drop_period(in, clauses);
  } else {
    in.accept("COLUMN");
    const bool if_exists = in.accept_if_exists();
    clauses.emplace_back(DropColumn{in.column_name(), if_exists});
    in.accept_one_of({"CASCADE", "RESTRICT"});
  }
}

/// Behind CHANGE or MODIFY.
void read_change(TokenReader& in, bool renames, Clauses& clauses) {
  in.accept("COLUMN");
  ChangeColumn change;
  change.if_exists = in.accept_if_exists();
  if (renames) change.old_name = in.column_name();
  TableOptions of_column;
  change.column = read_column(in, of_column);
  change.column.place = read_place(in);
  if (!renames) change.old_name = change.column.name;
  clauses.emplace_back(std::move(change));
}

/// Behind ALTER INDEX or ALTER KEY, CHECK or CONSTRAINT: how it is used, not what it is.
void skip_alter_index(TokenReader& in) {
  in.accept_if_exists();
  in.name();
  in.accept("NOT");
  if (!in.accept_one_of({"VISIBLE", "INVISIBLE", "IGNORED", "ENFORCED"})) {
    in.fail("VISIBLE, IGNORED or ENFORCED");
  }
}

/// Behind ALTER.
void read_alter(TokenReader& in, Clauses& clauses) {
  if (in.accept_one_of({"INDEX", "KEY", "CHECK", "CONSTRAINT"})) return skip_alter_index(in);
  in.accept("COLUMN");
  AlterColumn alter;
  alter.if_exists = in.accept_if_exists();
  alter.name = in.column_name();
  if (in.accept("SET", "DEFAULT")) {
    read_default_value(in);
  } else if (in.accept("SET", "INVISIBLE")) {
    alter.invisible = true;
  } else if (in.accept("SET", "VISIBLE")) {
    alter.invisible = false;
  } else if (!in.accept("DROP", "DEFAULT")) {
    in.fail("SET or DROP DEFAULT");
  }
  clauses.emplace_back(std::move(alter));
}

/// Behind RENAME.
void read_rename(TokenReader& in, Clauses& clauses) {
  const bool column = in.accept("COLUMN");
  if (column || in.accept_one_of({"INDEX", "KEY"})) {
    const bool if_exists = in.accept_if_exists();
    std::string from = in.column_name();
    in.expect("TO");
    std::string to = in.column_name();
    if (column) {
      clauses.emplace_back(RenameColumn{std::move(from), std::move(to), if_exists});
    } else {
      clauses.emplace_back(RenameKey{std::move(from), std::move(to)});
    }
    return;
  }
  if (!in.accept_one_of({"TO", "AS"})) in.accept_symbol('=');
  clauses.emplace_back(RenameTo{in.table_name()});
}

/// Behind CONVERT.
void read_convert(TokenReader& in, Clauses& clauses) {
  if (in.accept("PARTITION")) {
    in.name();
    in.expect("TO");
    in.expect("TABLE");
    clauses.emplace_back(PartitionToTable{in.table_name()});
    return in.skip_rest();
  }
  if (in.accept("TABLE")) {
    clauses.emplace_back(TableToPartition{in.table_name()});
    return in.skip_rest();
  }
  in.expect("TO");
  ConvertTo convert;
  if (!accept_charset_clause(in, convert.charset)) in.fail("CHARACTER SET");
  if (in.at_word("COLLATE")) accept_charset_clause(in, convert.charset);
  clauses.emplace_back(std::move(convert));
}

/// Of partitions and of ORDER BY the rest of the statement is told.
bool accept_partitions(TokenReader& in) {
  const bool whole_table = in.at_words("PARTITION", "BY") || in.at_words("ORDER", "BY") ||
                           in.at_words("REMOVE", "PARTITIONING") ||
                           in.at_words("UPGRADE", "PARTITIONING");
  const bool some = in.at_one_of({"TRUNCATE", "COALESCE", "REORGANIZE", "EXCHANGE", "ANALYZE",
                                  "CHECK", "OPTIMIZE", "REBUILD", "REPAIR", "DISCARD", "IMPORT",
                                  "SECONDARY_LOAD", "SECONDARY_UNLOAD"}) &&
                    in.second_is_one_of({"PARTITION"});
  if (whole_table || some) in.skip_rest();
  return whole_table || some;
}

/// Clauses without effect on a definition.
bool accept_idle_clause(TokenReader& in) {
  return in.accept_one_of({"FORCE", "SECONDARY_LOAD", "SECONDARY_UNLOAD"}) ||
         in.accept("ENABLE", "KEYS") || in.accept("DISABLE", "KEYS") ||
         in.accept("DISCARD", "TABLESPACE") || in.accept("IMPORT", "TABLESPACE") ||
         in.accept("WITH", "VALIDATION") || in.accept("WITHOUT", "VALIDATION");
}

/// Options may follow each other without commas.
void read_options(TokenReader& in, Clauses& clauses) {
  TableOptions options;
  do {
    if (!accept_partitions(in) && !accept_idle_clause(in) && !accept_table_option(in, options)) {
      in.fail("a clause");
    }
  } while (!in.at_end() && !in.at_symbol(',') && !in.at_symbol(';'));
  add_options(std::move(options), clauses);
}

void read_clause(TokenReader& in, Clauses& clauses) {
  if (in.accept("ADD")) {
    read_add(in, clauses);
  } else if (in.accept("DROP")) {
    read_drop(in, clauses);
  } else if (in.accept("CHANGE")) {
    read_change(in, true, clauses);
  } else if (in.accept("MODIFY")) {
    read_change(in, false, clauses);
  } else if (in.accept("ALTER")) {
    read_alter(in, clauses);
  } else if (in.accept("RENAME")) {
    read_rename(in, clauses);
  } else if (in.accept("CONVERT")) {
    read_convert(in, clauses);
  } else {
    read_options(in, clauses);
  }
  // Partitions follow the last clause without a comma.
  if (!in.at_symbol(',')) accept_partitions(in);
}

}  // namespace

DdlStatement read_alter_table(TokenReader& in) {
  AlterTable alter;
  alter.if_exists = in.accept_if_exists();
  alter.table = in.table_name();
  accept_wait(in);
  if (in.at_end() || in.at_symbol(';')) return alter;
  do {
    read_clause(in, alter.clauses);
  } while (in.accept_symbol(','));
  return alter;
}

}  // namespace rowmill::schema
