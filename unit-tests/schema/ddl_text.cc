// SPDX-License-Identifier: Apache-2.0
#include "schema/ddl_text.h"

#include <array>

namespace rowmill::schema {

namespace {

using model::SqlType;

constexpr std::array<std::string_view, 34> kTypes = {
    "tinyint",   "smallint", "mediumint", "int",        "bigint",     "decimal",  "float",
    "double",    "bit",      "year",      "date",       "time",       "datetime", "timestamp",
    "char",      "varchar",  "tinytext",  "text",       "mediumtext", "longtext", "binary",
    "varbinary", "tinyblob", "blob",      "mediumblob", "longblob",   "enum",     "set",
    "json",      "geometry", "vector",    "uuid",       "inet4",      "inet6"};

constexpr std::array<std::string_view, 8> kGeometries = {"",
                                                         " point",
                                                         " linestring",
                                                         " polygon",
                                                         " multipoint",
                                                         " multilinestring",
                                                         " multipolygon",
                                                         " collection"};

/// Visits with one lambda for each kind.
template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::string word_if(bool holds, const char* word) { return holds ? word : ""; }

std::string to_text(const CharsetClause& charset) {
  std::string text;
  if (charset.charset) text += " cs=" + *charset.charset;
  if (charset.collation) text += " co=" + *charset.collation;
  return text + word_if(charset.binary, " binary");
}

std::string to_text(const WrittenColumn& column) {
  std::string text = column.name + " " + to_text(column.type);
  if (column.nullable) text += *column.nullable ? " null" : " not null";
  if (column.default_kind == DefaultKind::kNull) text += " default null";
  if (column.default_kind == DefaultKind::kValue) text += " default";
  text += word_if(column.on_update_now, " on update");
  text += word_if(column.auto_increment, " auto");
  constexpr std::array<const char*, 4> kKeys = {"", " pk", " unique", " pk unique"};
  text += kKeys[static_cast<size_t>(column.key)];
  constexpr std::array<const char*, 3> kGenerated = {"", " virtual", " stored"};
  text += kGenerated[static_cast<size_t>(column.generated)];
  text += word_if(column.invisible, " invisible");
  if (column.row_start_or_end) text += column.row_end ? " row end" : " row start";
  text += word_if(column.place.first, " first");
  if (!column.place.after.empty()) text += " after " + column.place.after;
  return text;
}

std::string to_text(const WrittenKey& key) {
  constexpr std::array<const char*, 3> kKinds = {"pk ", "unique ", "key "};
  std::string text = kKinds[static_cast<size_t>(key.kind)];
  text += word_if(key.if_not_exists, "ine ") + key.name + "(";
  const char* comma = "";
  for (const auto& part : key.parts) {
    text += comma + (part.column.empty() ? "?" : part.column);
    if (part.prefix != 0) text += ":" + std::to_string(part.prefix);
    comma = ",";
  }
  return text + ")" + word_if(key.using_hash, " hash");
}

std::string to_text(const std::vector<WrittenColumn>& columns,
                    const std::vector<WrittenKey>& keys) {
  std::string text = "(";
  const char* between = "";
  size_t next_key = 0;
  for (size_t i = 0; i <= columns.size(); ++i) {
    // Keys stand where they stood among the columns.
    while (next_key < keys.size() && keys[next_key].columns_before <= i) {
      text += between + to_text(keys[next_key++]);
      between = ", ";
    }
    if (i == columns.size()) break;
    text += between + to_text(columns[i]);
    between = ", ";
  }
  return text + ")";
}

std::string to_text(const TableOptions& options) {
  std::string text = to_text(options.charset);
  text += word_if(options.system_versioning, " versioned");
  text += word_if(options.system_period, " system period");
  for (const auto& column : options.period_columns) text += " period:" + column;
  return text;
}

std::string conditions(bool or_replace, bool if_not_exists) {
  return word_if(or_replace, "or replace ") + word_if(if_not_exists, "ine ");
}

std::string to_text(const AlterClause& clause) {
  return std::visit(
      Overloaded{
          [](const AddColumns& add) {
            return "add " + word_if(add.if_not_exists, "ine ") + to_text(add.columns, add.keys);
          },
          [](const DropColumn& drop) {
            return "drop " + word_if(drop.if_exists, "ie ") + drop.name;
          },
          [](const ChangeColumn& change) {
            return "change " + word_if(change.if_exists, "ie ") + change.old_name + " " +
                   to_text(change.column);
          },
          [](const RenameColumn& rename) {
            return "rename column " + word_if(rename.if_exists, "ie ") + rename.from + " " +
                   rename.to;
          },
          [](const AlterColumn& alter) {
            return "alter " + word_if(alter.if_exists, "ie ") + alter.name +
                   (alter.invisible ? (*alter.invisible ? " invisible" : " visible") : "");
          },
          [](const AddKey& add) { return "add " + to_text(add.key); },
          [](const DropPrimaryKey&) { return std::string("drop pk"); },
          [](const DropKey& drop) {
            return "drop key " + word_if(drop.if_exists, "ie ") + drop.name;
          },
          [](const RenameKey& rename) { return "rename key " + rename.from + " " + rename.to; },
          [](const RenameTo& rename) { return "rename to " + to_text(rename.to); },
          [](const ConvertTo& convert) { return "convert" + to_text(convert.charset); },
          [](const ChangeOptions& change) { return "options" + to_text(change.options); },
          [](const DropSystemVersioning&) { return std::string("drop versioning"); },
          [](const PartitionToTable& out) { return "partition to " + to_text(out.to); },
          [](const TableToPartition& in) { return "partition from " + to_text(in.from); },
          [](const OpenClause& open) { return "open: " + open.reason; }},
      clause);
}

}  // namespace

std::string to_text(const TableName& name) {
  return (name.database ? *name.database + "." : "") + name.table;
}

std::string to_text(const WrittenType& type) {
  std::string text(kTypes[static_cast<size_t>(type.type)]);
  if (type.length) {
    text += "(" + std::to_string(*type.length);
    if (type.scale) text += "," + std::to_string(*type.scale);
    text += ")";
  }
  if (!type.labels.empty()) {
    const char* between = "(";
    for (const auto& label : type.labels) {
      text += between + ("'" + label + "'");
      between = ",";
    }
    text += ")";
  }
  text += kGeometries[static_cast<size_t>(type.geometry_type)];
  text += word_if(type.is_unsigned, " unsigned") + word_if(type.zerofill, " zerofill");
  text += to_text(type.charset) + word_if(type.national, " national");
  text += word_if(type.json_alias, " json alias") + word_if(type.compressed, " compressed");
  return text;
}

std::string to_text(const DdlStatement& statement) {
  return std::visit(
      Overloaded{
          [](const NoDefinition&) { return std::string("none"); },
          [](const CreateTable& create) {
            std::string text = "create " + conditions(create.or_replace, create.if_not_exists);
            text += to_text(create.table);
            if (create.like) return text + " like " + to_text(*create.like);
            text += to_text(create.columns, create.keys) + to_text(create.options);
            return text + word_if(create.from_select, " select");
          },
          [](const AlterTable& alter) {
            std::string text = "alter " + word_if(alter.if_exists, "ie ") + to_text(alter.table);
            const char* between = ": ";
            for (const auto& clause : alter.clauses) {
              text += between + to_text(clause);
              between = "; ";
            }
            return text;
          },
          [](const RenameTables& rename) {
            std::string text = "rename" + word_if(rename.if_exists, " ie");
            for (const auto& pair : rename.pairs) {
              text += " " + to_text(pair.from) + ">" + to_text(pair.to);
            }
            return text;
          },
          [](const DropTables& drop) {
            std::string text = word_if(drop.only_sequences, "drop sequences") +
                               word_if(!drop.only_sequences, "drop");
            for (const auto& table : drop.tables) text += " " + to_text(table);
            return text;
          },
          [](const TruncateTable& truncate) { return "truncate " + to_text(truncate.table); },
          [](const CreateIndex& create) {
            return "create index " + word_if(create.or_replace, "or replace ") +
                   to_text(create.table) + " " + to_text(create.key);
          },
          [](const DropIndex& drop) {
            return "drop index " + to_text(drop.table) + " " + word_if(drop.key.if_exists, "ie ") +
                   drop.key.name;
          },
          [](const CreateDatabase& create) {
            return "create database " + conditions(create.or_replace, create.if_not_exists) +
                   create.name + to_text(create.charset);
          },
          [](const AlterDatabase& alter) {
            return "alter database " + alter.name + to_text(alter.charset);
          },
          [](const DropDatabase& drop) { return "drop database " + drop.name; },
          [](const CreateSequence& create) {
            return "create sequence " + conditions(create.or_replace, create.if_not_exists) +
                   to_text(create.table);
          }},
      statement);
}

}  // namespace rowmill::schema
