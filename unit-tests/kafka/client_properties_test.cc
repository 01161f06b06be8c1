// SPDX-License-Identifier: Apache-2.0
#include "kafka/client_properties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace rowmill::kafka {
namespace {

using base::ErrorKind;
using testing::HasSubstr;

KafkaSettings settings() {
  KafkaSettings settings;
  settings.bootstrap_servers = "127.0.0.1:1";
  settings.transactional_id = "group-orders-0";
  settings.connector = "orders";
  return settings;
}

std::string value_of(const ConfigHandle& config, const std::string& name) {
  std::array<char, 512> value{};
  size_t size = value.size();
  EXPECT_EQ(rd_kafka_conf_get(config.get(), name.c_str(), value.data(), &size), RD_KAFKA_CONF_OK)
      << name;
  return value.data();
}

struct Translation {
  std::string name;
  Properties java;
  Properties librdkafka;
};

TEST(TranslateProperties, JavaNamesBecomeLibrdkafkas) {
  const std::vector<Translation> cases = {
      {"same name", {{"linger.ms", "5"}}, {{"linger.ms", "5"}}},
      {"librdkafka's own name", {{"batch.num.messages", "5"}}, {{"batch.num.messages", "5"}}},
      {"renamed", {{"max.request.size", "9"}}, {{"message.max.bytes", "9"}}},
      {"bytes to kilobytes", {{"buffer.memory", "2048"}}, {{"queue.buffering.max.kbytes", "2"}}},
      {"no counterpart needed", {{"max.block.ms", "1"}, {"client.dns.lookup", "x"}}, {}},
      {"lower case", {{"security.protocol", "SASL_SSL"}}, {{"security.protocol", "sasl_ssl"}}},
      {"host names unchecked",
       {{"ssl.endpoint.identification.algorithm", ""}},
       {{"ssl.endpoint.identification.algorithm", "none"}}},
      {"JAAS",
       {{"sasl.jaas.config",
         "org.apache.kafka.common.security.scram.ScramLoginModule required\n username=\"me\" "
         "password = \"a\\\"b;c\";"}},
       {{"sasl.username", "me"}, {"sasl.password", "a\"b;c"}}},
      {"PEM trust store by type",
       {{"ssl.truststore.location", "/t"}, {"ssl.truststore.type", "PEM"}},
       {{"ssl.ca.location", "/t"}}},
      {"PEM trust store by name",
       {{"ssl.truststore.location", "/t.pem"}, {"ssl.truststore.password", "x"}},
       {{"ssl.ca.location", "/t.pem"}}},
      {"PKCS12 key store",
       {{"ssl.keystore.location", "/k.p12"}, {"ssl.keystore.password", "x"}},
       {{"ssl.keystore.location", "/k.p12"}, {"ssl.keystore.password", "x"}}},
      {"PEM key store",
       {{"ssl.keystore.location", "/k.pem"}},
       {{"ssl.certificate.location", "/k.pem"}, {"ssl.key.location", "/k.pem"}}},
      {"the fixed value itself", {{"acks", "all"}}, {{"acks", "all"}}},
  };
  for (const Translation& entry : cases) {
    const auto translated = translate_properties(ClientRole::kProducer, entry.java);
    ASSERT_TRUE(translated.ok()) << entry.name << ": " << translated.error().text();
    EXPECT_EQ(*translated, entry.librdkafka) << entry.name;
  }
}

TEST(TranslateProperties, RequestTimeoutOfAConsumerIsItsSockets) {
  EXPECT_EQ(translate_properties(ClientRole::kConsumer, {{"request.timeout.ms", "7"}}).value(),
            (Properties{{"socket.timeout.ms", "7"}}));
}

TEST(TranslateProperties, WhatAGuaranteeRestsOnCannotBeOverridden) {
  const std::vector<std::pair<std::string, std::string>> refused = {
      {"transactional.id", "mine"},
      {"transactional.id", ""},
      {"bootstrap.servers", "other:9092"},
      {"acks", "1"},
      {"enable.idempotence", "false"},
      {"isolation.level", "read_uncommitted"},
      {"partitioner", "random"},
      {"partitioner.class", "my.Partitioner"},
      {"ssl.truststore.location", "/t.jks"},
      {"ssl.keystore.location", "/k"},
      {"sasl.jaas.config", "Krb5LoginModule required;"},
      {"buffer.memory", "32m"},
  };
  for (const auto& [key, value] : refused) {
    const auto translated = translate_properties(ClientRole::kProducer, {{key, value}});
    ASSERT_FALSE(translated.ok()) << key;
    EXPECT_EQ(translated.error().kind(), ErrorKind::kConfig) << key;
    EXPECT_THAT(translated.error().message(), HasSubstr(key));
  }
}

TEST(MakeConfig, UnknownPropertyIsNamed) {
  KafkaSettings wrong = settings();
  wrong.producer_overrides = {{"lingering.ms", "5"}};
  const auto config = make_config(wrong, ClientRole::kProducer);
  ASSERT_FALSE(config.ok());
  EXPECT_EQ(config.error().kind(), ErrorKind::kConfig);
  EXPECT_THAT(config.error().message(), HasSubstr("lingering.ms"));
}

TEST(MakeConfig, ProducerIsTransactionalAndPartitionsAsJavaDoes) {
  const auto config = make_config(settings(), ClientRole::kProducer).value();
  EXPECT_EQ(value_of(config, "transactional.id"), "group-orders-0");
  EXPECT_EQ(value_of(config, "enable.idempotence"), "true");
  EXPECT_EQ(value_of(config, "partitioner"), "murmur2_random");
  EXPECT_EQ(value_of(config, "transaction.timeout.ms"), "60000");
  EXPECT_EQ(value_of(config, "allow.auto.create.topics"), "false");
  EXPECT_EQ(value_of(config, "compression.codec"), "lz4");
}

TEST(MakeConfig, OverridesBeatDefaults) {
  KafkaSettings tuned = settings();
  tuned.producer_overrides = {{"compression.type", "zstd"}, {"linger.ms", "7"}};
  const auto config = make_config(tuned, ClientRole::kProducer).value();
  EXPECT_EQ(value_of(config, "compression.codec"), "zstd");
  EXPECT_EQ(value_of(config, "queue.buffering.max.ms"), "7");
}

TEST(MakeConfig, ConsumerReadsCommittedRecordsFromTheBeginning) {
  const auto config = make_config(settings(), ClientRole::kConsumer).value();
  EXPECT_EQ(value_of(config, "isolation.level"), "read_committed");
  EXPECT_EQ(value_of(config, "enable.partition.eof"), "true");
  EXPECT_EQ(value_of(config, "auto.offset.reset"), "smallest");
}

}  // namespace
}  // namespace rowmill::kafka
