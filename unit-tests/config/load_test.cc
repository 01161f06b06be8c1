// SPDX-License-Identifier: Apache-2.0
#include "config/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "config/properties.h"
#include "config/temporary_folder.h"

namespace rowmill::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::StartsWith;

constexpr std::string_view kSource =
    "database.hostname=db1\ndatabase.user=rowmill\ntopic.prefix=shop\n";

class Load : public testing::Test {
 protected:
  base::Result<Loaded> load_texts(std::string_view worker,
                                  const std::vector<std::string>& connectors) const {
    std::vector<std::filesystem::path> paths;
    for (size_t i = 0; i < connectors.size(); ++i) {
      paths.push_back(folder_.write("c" + std::to_string(i) + ".properties", connectors[i]));
    }
    return load(folder_.write("worker.properties", worker), paths);
  }

  /// A connector with its required settings on lines 1 to 4 and `lines` from line 5 on.
  static std::string connector(std::string_view lines, std::string_view name = "orders") {
    return "name=" + std::string(name) + "\n" + std::string(kSource) + std::string(lines);
  }

  /// The problems of a load, without the folder's name.
  std::vector<std::string> problems(const base::Result<Loaded>& loaded) const {
    if (loaded) return {};
    EXPECT_EQ(loaded.error().kind(), base::ErrorKind::kConfig);
    std::vector<std::string> lines;
    std::istringstream text(loaded.error().text());
    for (std::string line; std::getline(text, line);) lines.push_back(without_folder(line));
    return lines;
  }

  std::string without_folder(std::string text) const {
    const std::string folder = folder_.path().string() + "/";
    for (size_t at = 0; (at = text.find(folder)) != std::string::npos;)
      text.erase(at, folder.size());
    return text;
  }

  TemporaryFolder folder_;
};

TEST_F(Load, ExamplesLoadWithoutWarnings) {
  const std::string config = std::string(ROWMILL_SOURCE_ROOT) + "/config/";
  setenv("DATABASE_PASSWORD", "pw", 1);
  const auto loaded = load(config + "worker.properties", {config + "orders.properties"});
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  EXPECT_THAT(loaded->warnings, IsEmpty());
  ASSERT_EQ(loaded->connectors.size(), 1U);
  EXPECT_EQ(loaded->connectors[0].name, "orders");
  EXPECT_EQ(loaded->connectors[0].database_password.reveal(), "pw");
}

TEST_F(Load, EveryLineOfTheExamplesLoadsWhenItsCommentSignIsRemoved) {
  setenv("DATABASE_PASSWORD", "pw", 1);
  setenv("KAFKA_PASSWORD", "pw", 1);
  std::vector<std::filesystem::path> files;
  for (const char* name : {"worker.properties", "orders.properties"}) {
    auto text = read_file(std::string(ROWMILL_SOURCE_ROOT) + "/config/" + name);
    ASSERT_TRUE(text.ok());
    std::istringstream lines(*text);
    std::string all;
    for (std::string line; std::getline(lines, line);) {
      const bool is_setting = line.starts_with('#') && !line.starts_with("# ") && line.size() > 1;
      all += (is_setting ? line.substr(1) : line) + "\n";
    }
    const size_t ca = all.find("/etc/rowmill/ca.pem");
    if (ca != std::string::npos) all.replace(ca, 19, folder_.write("ca.pem", "").string());
    files.push_back(folder_.write(name, all));
  }
  const auto loaded = load(files[0], {files[1]});
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  EXPECT_THAT(loaded->warnings, IsEmpty());
  EXPECT_THAT(loaded->connectors[0].table_include_list,
              ElementsAre("shop\\.orders", "shop\\.customers"));
}

TEST_F(Load, ValuesOfEveryTypeReachTheirMembers) {
  const auto loaded = load_texts(
      "producer.acks=all\nproducer.linger.ms=5\nlog.level=DEBUG\ntopic.creation.enable=False\n",
      {connector("database.port = 13306 \n"
                 "database.server.id=4294967295\n"
                 "database.ssl.mode=verify_identity\n"
                 "connect.timeout.ms=1\n"
                 "table.include.list=shop\\\\.a, shop\\\\.x{1\\\\,2}\n"
                 "skipped.operations=t,c\n"
                 "source.fields=ts_us,sequence\n"
                 "transaction.cut.rows=9223372036854775807\n"
                 "topic.creation.default.cleanup.policy=compact\n"
                 "topic.creation.default.partitions=6\n"
                 "producer.override.batch.size=1\n")});
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  EXPECT_THAT(loaded->worker.producer, ElementsAre(Pair("acks", "all"), Pair("linger.ms", "5")));
  EXPECT_EQ(loaded->worker.log_level, base::LogLevel::kDebug);
  EXPECT_FALSE(loaded->worker.topic_creation_enable);
  const ConnectorConfig& connector = loaded->connectors.at(0);
  EXPECT_EQ(connector.database_port, 13306);
  EXPECT_EQ(connector.database_server_id, 4294967295U);
  EXPECT_EQ(connector.database_ssl_mode, SslMode::kVerifyIdentity);
  EXPECT_EQ(connector.connect_timeout, std::chrono::milliseconds(1));
  EXPECT_THAT(connector.table_include_list, ElementsAre("shop\\.a", "shop\\.x{1,2}"));
  EXPECT_THAT(connector.skipped_operations,
              ElementsAre(SkippedOperation::kTruncate, SkippedOperation::kCreate));
  EXPECT_THAT(connector.source_fields, ElementsAre(SourceField::kTsUs, SourceField::kSequence));
  EXPECT_EQ(connector.transaction_cut_rows, 9223372036854775807U);
  EXPECT_THAT(connector.topic_creation_default, ElementsAre(Pair("cleanup.policy", "compact")));
  EXPECT_EQ(connector.topic_creation_default_partitions, 6);
  EXPECT_THAT(connector.producer_override, ElementsAre(Pair("batch.size", "1")));
}

TEST_F(Load, FormsOfValuesReachTheirMembers) {
  const auto loaded = load_texts("", {connector("decimal.handling.mode=PRECISE\n"
                                                "time.precision.mode=adaptive_time_microseconds\n"
                                                "bigint.unsigned.handling.mode=long\n"
                                                "binary.handling.mode=base64-url-safe\n"
                                                "bit.handling.mode=bytes\n"
                                                "geometry.handling.mode=geojson\n"
                                                "partial.json.handling.mode=diff\n"
                                                "column.truncate.to.20.chars=a\\\\.b\\\\.c,d.*\n"
                                                "column.truncate.to.5.chars=x\n")});
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  const ConnectorConfig& connector = loaded->connectors.at(0);
  EXPECT_EQ(connector.decimal_handling_mode, DecimalMode::kPrecise);
  EXPECT_EQ(connector.time_precision_mode, TimeMode::kAdaptiveTimeMicroseconds);
  EXPECT_EQ(connector.bigint_unsigned_handling_mode, BigintUnsignedMode::kLong);
  EXPECT_EQ(connector.binary_handling_mode, BinaryMode::kBase64UrlSafe);
  EXPECT_EQ(connector.bit_handling_mode, BitMode::kBytes);
  EXPECT_EQ(connector.geometry_handling_mode, GeometryMode::kGeoJson);
  EXPECT_EQ(connector.partial_json_handling_mode, PartialJsonMode::kDiff);
  EXPECT_THAT(connector.column_truncate_to,
              ElementsAre(Pair("20.chars", "a\\.b\\.c,d.*"), Pair("5.chars", "x")));
}

TEST_F(Load, UnknownFormsNameTheChoices) {
  const auto loaded =
      load_texts("", {connector("time.precision.mode=structured\nbinary.handling.mode=raw\n"
                                "column.truncate.to.0.chars=a\ncolumn.truncate.to.9.bytes=a\n"
                                "column.truncate.to.9.chars=(\npartial.json.handling.mode=diff\n"
                                "value.converter.schemas.enable=true\n")});
  const std::string all = loaded.ok() ? "" : loaded.error().text();
  for (const char* part :
       {"must be one of iso, adaptive_time_microseconds, adaptive, connect, isostring, "
        "microseconds, nanoseconds, not 'structured'",
        "Debezium's mode structured is not in this version.",
        "must be one of bytes, base64, base64-url-safe, hex, not 'raw'",
        "column.truncate.to.0.chars: must have a length of at least 1 in its name",
        "column.truncate.to.9.bytes: must have a length of at least 1 in its name",
        "column.truncate.to.9.chars: must be a list of regular expressions",
        "partial.json.handling.mode: cannot be diff while values have schemas"}) {
    EXPECT_THAT(all, HasSubstr(part));
  }
}

TEST_F(Load, AllProblemsOfAllFilesComeAtOnceInOrder) {
  const auto loaded = load_texts(
      "log.level=loud\ngroup.id=\n",
      {"database.port=0\nname=a\ntopic.prefix=a b\ndatabase.usr=x\nname=b\nstart.position=\\u12\n",
       "{\"name\": \"x\"}"});
  EXPECT_THAT(
      problems(loaded),
      ElementsAre(
          "worker.properties:1: log.level: must be one of error, warn, info, debug, trace, not "
          "'loud'",
          "worker.properties:2: group.id: must be a name without control characters",
          "c0.properties:1: database.port: must be an integer from 1 to 65535, not '0'",
          "c0.properties:3: topic.prefix: must be 1 to 249 letters, digits, '.', '_' or '-', as a "
          "topic's name is, not 'a b'",
          "c0.properties:4: database.usr: is not known here. Did you mean database.user?",
          "c0.properties:5: name: is set again, first on line 2. Keep one of the two.",
          StartsWith("c0.properties:6: start.position: a \\u escape does not stand for a "),
          "c0.properties: database.hostname: is missing. Add a line database.hostname=...",
          "c0.properties: database.user: is missing. Add a line database.user=...",
          StartsWith("c1.properties: is JSON. ")));
}

TEST_F(Load, UnreadableFilesAreProblems) {
  const auto loaded = load(folder_.path() / "no-worker", {folder_.path() / "no-connector"});
  EXPECT_THAT(problems(loaded), ElementsAre(StartsWith("no-worker: cannot read "),
                                            StartsWith("no-connector: cannot read ")));
}

struct ProblemCase {
  std::string name;
  std::string lines;
  std::string problem;
};

std::ostream& operator<<(std::ostream& out, const ProblemCase& test) { return out << test.name; }

class ConnectorProblem : public Load, public testing::WithParamInterface<ProblemCase> {};

TEST_P(ConnectorProblem, IsReportedWithItsPlaceAndRemedy) {
  const auto loaded = load_texts("", {connector(GetParam().lines)});
  EXPECT_THAT(problems(loaded), ElementsAre(HasSubstr(GetParam().problem)));
}

INSTANTIATE_TEST_SUITE_P(
    Values, ConnectorProblem,
    testing::Values(
        ProblemCase{"NotANumber", "database.port=12a", ":5: database.port: must be an integer"},
        ProblemCase{"Empty", "database.port=", ":5: database.port: must be an integer"},
        ProblemCase{"TooLarge", "database.server.id=4294967296", "from 1 to 4294967295"},
        ProblemCase{"BeyondInt64", "transaction.max.rows=9223372036854775808", "at least 1"},
        ProblemCase{"Boolean", "tombstones.on.delete=yes", "must be true or false, not 'yes'"},
        ProblemCase{"SslMode", "database.ssl.mode=on", "must be one of disabled, preferred"},
        ProblemCase{"MissingFile", "database.ssl.ca=/nowhere/ca.pem", "a file that Rowmill can"},
        ProblemCase{"FileIsDirectory", "database.ssl.ca=/", "a file that Rowmill can read"},
        ProblemCase{"Pattern", "table.include.list=a,b(", "number 2 is none"},
        ProblemCase{"PatternComma", "table.include.list=x{1,2}", "is written \\,"},
        ProblemCase{"Unset", "database.password=${env:ROWMILL_TEST_NOT_SET}",
                    ":5: database.password: environment variable ROWMILL_TEST_NOT_SET is not set"},
        ProblemCase{"DebeziumClass", "connector.class=io.debezium.connector.mysql.MySqlConnector",
                    "must be rowmill, not 'io.debezium.connector.mysql.MySqlConnector'. Remove the "
                    "line"},
        ProblemCase{"Tasks", "tasks.max=2", "tasks.max: must be 1, not '2'"},
        ProblemCase{"Snapshot", "snapshot.mode=initial", "Snapshots are not in this version"},
        ProblemCase{"Format", "record.format=canal", "must be debezium, not 'canal'"},
        ProblemCase{"Avro", "value.converter=io.confluent.connect.avro.AvroConverter",
                    "JSON is the only encoding so far"},
        ProblemCase{"SourceField", "source.fields=ts_us,snapshot", "ts_us, ts_ns, version"},
        ProblemCase{"FailureMode", "event.processing.failure.handling.mode=retry",
                    "fail, warn, skip, ignore"},
        ProblemCase{"SkipNone", "skipped.operations=none", "so t must be in the list"},
        ProblemCase{"SkipWithoutTruncate", "skipped.operations=c,u",
                    ":5: skipped.operations: must have t"},
        ProblemCase{"Refused", "transforms=unwrap", "Transforms are not in this version."}));

INSTANTIATE_TEST_SUITE_P(
    Combinations, ConnectorProblem,
    testing::Values(
        ProblemCase{"Databases", "database.include.list=a\ndatabase.exclude.list=b",
                    ":6: database.exclude.list: cannot be combined with database.include.list on "
                    "line 5. Keep one"},
        ProblemCase{"Tables", "table.exclude.list=b\ntable.include.list=a",
                    ":5: table.exclude.list: cannot be combined with table.include.list on line 6"},
        ProblemCase{"CertWithoutKey", "database.ssl.cert=/dev/null",
                    ":5: database.ssl.cert: needs database.ssl.key as well"},
        ProblemCase{"KeyWithoutCert", "database.ssl.key=/dev/null",
                    ":5: database.ssl.key: needs database.ssl.cert as well"},
        ProblemCase{"CutTime", "transaction.cut.ms=60000",
                    ":5: transaction.cut.ms: must be below the producer's transaction.timeout.ms"},
        ProblemCase{"CutTimeOfOverride", "producer.override.transaction.timeout.ms=30000",
                    "properties: transaction.cut.ms: must be below"},
        ProblemCase{"Boundary", "transaction.boundary.interval.ms=60000",
                    ":5: transaction.boundary.interval.ms: must be below"},
        ProblemCase{"TimeoutIsNoNumber", "producer.override.transaction.timeout.ms=1m",
                    ":5: producer.override.transaction.timeout.ms: must be an integer"},
        ProblemCase{"WorkerKey", "group.id=x", "move it to the worker's file"},
        ProblemCase{"WorkerFamily", "producer.acks=all", "move it to the worker's file"},
        ProblemCase{"Unknown", "what.on.earth.is.this=x", "`rowmill settings` lists all keys"},
        ProblemCase{"Nearest", "table.includes.list=x", "Did you mean table.include.list?"}));

class WorkerProblem : public Load, public testing::WithParamInterface<ProblemCase> {};

TEST_P(WorkerProblem, IsReportedWithItsPlaceAndRemedy) {
  const auto loaded = load_texts(GetParam().lines, {});
  EXPECT_THAT(problems(loaded), ElementsAre(HasSubstr(GetParam().problem)));
}

INSTANTIATE_TEST_SUITE_P(
    All, WorkerProblem,
    testing::Values(
        ProblemCase{"ZooKeeper", "zookeeper.connect=zk:2181",
                    "worker.properties:1: zookeeper.connect: Several workers"},
        ProblemCase{"Security", "security.protocol=SSL", "write producer.KEY, consumer.KEY"},
        ProblemCase{"ReplicationFactor", "offset.storage.replication.factor=0",
                    "must be -1 (the broker's default) or at least 1, not '0'"},
        ProblemCase{"Converter", "key.converter=org.apache.kafka.connect.storage.StringConverter",
                    "JSON is the only encoding so far"},
        ProblemCase{"Provider", "config.providers=vault", "must be a list out of file, env, dir"},
        ProblemCase{"Timeout", "producer.transaction.timeout.ms=0",
                    "worker.properties:1: producer.transaction.timeout.ms: must be an integer"},
        ProblemCase{"ConnectorKey", "topic.prefix=x", "move it to the connector's file"},
        ProblemCase{"Nearest", "bootstrap.server=x:1", "Did you mean bootstrap.servers?"}));

TEST_F(Load, LongerTransactionTimeoutOfTheWorkerAllowsALaterCut) {
  const auto loaded = load_texts("producer.transaction.timeout.ms=120000\n",
                                 {connector("transaction.cut.ms=100000\n")});
  EXPECT_TRUE(loaded.ok()) << loaded.error().text();
}

TEST_F(Load, SameNameTwiceIsAProblem) {
  const auto loaded = load_texts("", {connector(""), connector("")});
  EXPECT_THAT(problems(loaded),
              ElementsAre("c1.properties:1: name: is the same as in c0.properties:1. Give each "
                          "connector a name of its own."));
}

TEST_F(Load, SameServerIdForOneSourceIsAProblem) {
  const auto loaded = load_texts(
      "", {connector("database.server.id=7\n", "a"), connector("\ndatabase.server.id=7\n", "b")});
  EXPECT_THAT(problems(loaded),
              ElementsAre(StartsWith("c1.properties:6: database.server.id: is the same as in "
                                     "c0.properties:5 for the same source")));
}

TEST_F(Load, SameServerIdForDifferentSourcesIsFine) {
  const auto loaded =
      load_texts("", {connector("database.server.id=7\n", "a"),
                      connector("database.server.id=7\ndatabase.port=3307\n", "b")});
  EXPECT_TRUE(loaded.ok()) << loaded.error().text();
}

TEST_F(Load, ServerIdFollowsFromTheNameAndStaysWhatItWas) {
  const auto loaded = load_texts("", {connector("", "orders"), connector("", "customers")});
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  // 5400 + FNV-1a mod 1000, computed apart. Must never change: see cross_checks.h.
  EXPECT_EQ(loaded->connectors[0].database_server_id, 6220U);
  EXPECT_EQ(loaded->connectors[1].database_server_id, 6294U);
}

TEST_F(Load, ConnectorTakesTheWorkersConvertersUnlessItHasItsOwn) {
  const auto loaded =
      load_texts("key.converter.schemas.enable=true\nvalue.converter.schemas.enable=true\n",
                 {connector("value.converter.schemas.enable=false\n")});
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  EXPECT_TRUE(loaded->connectors[0].key_schemas_enable);
  EXPECT_FALSE(loaded->connectors[0].value_schemas_enable);
}

TEST_F(Load, FilesOfKafkaConnectAndDebeziumLoadWithOneWarningForEachIdleKey) {
  const auto loaded = load_texts(
      "bootstrap.servers=b:9092\n"
      "key.converter=org.apache.kafka.connect.json.JsonConverter\n"
      "value.converter=org.apache.kafka.connect.json.JsonConverter\n"
      "plugin.path=/usr/share/java\n"
      "offset.storage.file.filename=/tmp/connect.offsets\n"
      "config.providers=file\n"
      "config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider\n",
      {connector("tasks.max=1\n"
                 "schema.history.internal.kafka.query.timeout.ms=5\n"
                 "include.schema.comments=true\n"
                 "snapshot.mode=no_data\n")});
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  std::vector<std::string> warnings;
  for (const std::string& warning : loaded->warnings) warnings.push_back(without_folder(warning));
  EXPECT_THAT(
      warnings,
      ElementsAre(
          "worker.properties:4: plugin.path: has no effect. Rowmill loads no classes.",
          StartsWith("worker.properties:5: offset.storage.file.filename: has no effect. "),
          StartsWith("worker.properties:7: config.providers.file.class: has no effect. "),
          StartsWith(
              "c0.properties:6: schema.history.internal.kafka.query.timeout.ms: has no effect"),
          StartsWith("c0.properties:7: include.schema.comments: has no effect. ")));
}

TEST_F(Load, IdleKeysMayHoldPlaceholdersThatCannotBeReplaced) {
  const auto loaded = load_texts("plugin.path=${vault:a:b}\n", {});
  EXPECT_TRUE(loaded.ok()) << loaded.error().text();
}

TEST_F(Load, SecretsAreInNoMessage) {
  folder_.write("s.properties", "secret=hunter2\n");
  const std::string hidden = "${file:" + folder_.path().string() + "/s.properties:secret}";
  const auto loaded = load_texts(
      "log.level=" + hidden + "\ngroup.id=" + hidden + "\nproducer.transaction.timeout.ms=" +
          hidden + "\nplugin.path=hunter2\nproducer.sasl.password=hunter2\nsasl.password=hunter2\n",
      {"name=" + hidden + "\ndatabase.hostname=" + hidden +
           "\ndatabase.passwd=hunter2\ndatabase.password=${hunter2:hunter2}\n" +
           "database.port=" + hidden + "\ntopic.prefix=" + hidden + " x\ntable.include.list=(" +
           hidden + "\nstart.position=" + hidden + "\nsource.fields=" + hidden +
           "\ndatabase.ssl.ca=" + hidden + "\ntombstones.on.delete=x" + hidden +
           "\ndatabase.user=hunter2\\u12\n",
       "name=" + hidden + "\n" + std::string(kSource)});
  ASSERT_FALSE(loaded.ok());
  EXPECT_THAT(problems(loaded), testing::SizeIs(14));
  EXPECT_THAT(loaded.error().text(), Not(HasSubstr("hunter2")));
}

TEST_F(Load, PasswordFromAFileLosesItsLineBreak) {
  folder_.write("password", "pw \n");
  const auto loaded = load_texts(
      "", {connector("database.password=${dir:" + folder_.path().string() + ":password}")});
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  EXPECT_EQ(loaded->connectors[0].database_password.reveal(), "pw");
}

TEST_F(Load, ConnectorAloneGetsTheWorkersDefaults) {
  const auto loaded = load_connector_only(folder_.write("c.properties", connector("")));
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  EXPECT_EQ(loaded->worker.bootstrap_servers, "localhost:9092");
  ASSERT_EQ(loaded->connectors.size(), 1U);
  EXPECT_EQ(loaded->connectors[0].topic_prefix, "shop");
}

TEST_F(Load, ConnectorAloneStillNeedsItsPrefix) {
  const auto loaded = load_connector_only(
      folder_.write("c.properties", "name=a\ndatabase.hostname=h\ndatabase.user=u\n"));
  EXPECT_THAT(problems(loaded), ElementsAre(StartsWith("c.properties: topic.prefix: is missing")));
}

}  // namespace
}  // namespace rowmill::config
