// SPDX-License-Identifier: Apache-2.0
#include "kafka/client_properties.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace rowmill::kafka {
namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

struct Renamed {
  std::string_view java;
  std::string_view librdkafka;
};

/// Properties of the Java clients (org.apache.kafka.clients.*Config, SslConfigs) that librdkafka
/// has under another name. Equal names are not listed.
constexpr std::array kRenamed = {
    Renamed{"max.request.size", "message.max.bytes"},
    Renamed{"send.buffer.bytes", "socket.send.buffer.bytes"},
    Renamed{"receive.buffer.bytes", "socket.receive.buffer.bytes"},
    Renamed{"fetch.max.wait.ms", "fetch.wait.max.ms"},
    Renamed{"compression.gzip.level", "compression.level"},
    Renamed{"compression.lz4.level", "compression.level"},
    Renamed{"compression.zstd.level", "compression.level"},
    Renamed{"ssl.truststore.certificates", "ssl.ca.pem"},
    Renamed{"ssl.keystore.certificate.chain", "ssl.certificate.pem"},
    Renamed{"ssl.keystore.key", "ssl.key.pem"},
};

/// Java properties that change nothing here: the first because our own waits can be stopped, the
/// second because librdkafka tries every address anyway, the types because they are read along with
/// the location that they describe.
constexpr std::array<std::string_view, 5> kWithoutEffect = {
    "max.block.ms", "client.dns.lookup", "ssl.truststore.type", "ssl.keystore.type",
    "ssl.truststore.password"};

/// Properties that a guarantee rests on, and the only value they may be "overridden" with.
struct Fixed {
  std::string_view key;
  std::string_view value;
  std::string_view why;
};
constexpr std::array kFixed = {
    Fixed{"bootstrap.servers", "", "records and source offsets must go to one cluster"},
    Fixed{"transactional.id", "", "it is made of group.id and the connector's name"},
    Fixed{"acks", "all", "a transaction needs it"},
    Fixed{"request.required.acks", "all", "a transaction needs it"},
    Fixed{"enable.idempotence", "true", "a transaction needs it"},
    Fixed{"isolation.level", "read_committed", "source offsets must be committed ones"},
    Fixed{"partitioner", "murmur2_random", "rows of one key must stay in one partition"},
    Fixed{"partitioner.class", "org.apache.kafka.clients.producer.internals.DefaultPartitioner",
          "rows of one key must stay in one partition"},
};

Error config_error(std::string_view key, std::string_view what) {
  return Error(ErrorKind::kConfig,
               "Kafka client property " + std::string(key) + " " + std::string(what));
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

std::string value_or(const Properties& properties, const std::string& key,
                     const std::string& fallback) {
  const auto found = properties.find(key);
  return found == properties.end() ? fallback : found->second;
}

/// What a store file holds: its stated type, or what its name says; Java's default is JKS.
std::string store_type(const Properties& overrides, const std::string& type_key,
                       std::string_view location) {
  const auto has_suffix = [&](std::string_view suffix) { return location.ends_with(suffix); };
  std::string guess = "jks";
  if (has_suffix(".pem") || has_suffix(".crt") || has_suffix(".key")) guess = "pem";
  if (has_suffix(".p12") || has_suffix(".pfx")) guess = "pkcs12";
  return lower(value_or(overrides, type_key, guess));
}

Result<void> translate_truststore(const Properties& overrides, const std::string& location,
                                  Properties& out) {
  if (store_type(overrides, "ssl.truststore.type", location) != "pem") {
    return config_error("ssl.truststore.location", "names a store that is not PEM: " + location)
        .with_remedy(
            "Export the certificates with keytool -exportcert -rfc and set "
            "ssl.truststore.type=PEM");
  }
  out["ssl.ca.location"] = location;
  return {};
}

Result<void> translate_keystore(const Properties& overrides, const std::string& location,
                                Properties& out) {
  const std::string type = store_type(overrides, "ssl.keystore.type", location);
  if (type == "pkcs12") {
    out["ssl.keystore.location"] = location;
  } else if (type == "pem") {
    out["ssl.certificate.location"] = location;
    out["ssl.key.location"] = location;
  } else {
    return config_error("ssl.keystore.location", "names a store of type " + type + ": " + location)
        .with_remedy(
            "Convert it with keytool -importkeystore -deststoretype pkcs12 and set "
            "ssl.keystore.type=PKCS12");
  }
  return {};
}

/// The quoted value of `name` in a JAAS line: `... required username="u" password="p";`.
std::optional<std::string> jaas_option(std::string_view jaas, std::string_view name) {
  for (size_t at = jaas.find(name); at != std::string_view::npos; at = jaas.find(name, at + 1)) {
    const bool is_word =
        at > 0 && (jaas[at - 1] == ' ' || jaas[at - 1] == '\t' || jaas[at - 1] == '\n');
    std::string_view rest = jaas.substr(at + name.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (!is_word || !rest.starts_with('=')) continue;
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (!rest.starts_with('"')) continue;
    std::string value;
    for (size_t i = 1; i < rest.size() && rest[i] != '"'; ++i) {
      if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
      value += rest[i];
    }
    return value;
  }
  return std::nullopt;
}

Result<void> translate_jaas(const std::string& jaas, Properties& out) {
  const auto user = jaas_option(jaas, "username");
  const auto password = jaas_option(jaas, "password");
  if (!user || !password) {
    return config_error("sasl.jaas.config", "has no username=\"...\" and password=\"...\"")
        .with_remedy(
            "Only PlainLoginModule and ScramLoginModule can be taken over; for others set "
            "librdkafka's own sasl.* properties");
  }
  out["sasl.username"] = *user;
  out["sasl.password"] = *password;
  return {};
}

Result<void> check_not_fixed(const std::string& key, const std::string& value) {
  for (const Fixed& fixed : kFixed) {
    if (key != fixed.key) continue;
    const bool same = value == fixed.value || (fixed.value == "all" && value == "-1");
    if (fixed.value.empty() || !same) {
      return config_error(key, "cannot be overridden: " + std::string(fixed.why));
    }
  }
  return {};
}

Result<void> translate_one(ClientRole role, const Properties& overrides, const std::string& key,
                           const std::string& value, Properties& out) {
  ROWMILL_TRY(check_not_fixed(key, value));
  if (std::find(kWithoutEffect.begin(), kWithoutEffect.end(), key) != kWithoutEffect.end() ||
      key == "partitioner.class") {
    return {};
  }
  if (key == "ssl.truststore.location") return translate_truststore(overrides, value, out);
  if (key == "ssl.keystore.location") return translate_keystore(overrides, value, out);
  if (key == "sasl.jaas.config") return translate_jaas(value, out);
  if (key == "buffer.memory") {
    uint64_t bytes = 0;
    const auto parsed = std::from_chars(value.data(), value.data() + value.size(), bytes);
    if (parsed.ec != std::errc() || parsed.ptr != value.data() + value.size()) {
      return config_error(key, "is not a number of bytes: " + value);
    }
    out["queue.buffering.max.kbytes"] = std::to_string(std::max<uint64_t>(bytes / 1024, 1));
  } else if (key == "security.protocol") {
    out[key] = lower(value);
  } else if (key == "ssl.endpoint.identification.algorithm") {
    out[key] = value.empty() ? "none" : lower(value);
  } else if (key == "request.timeout.ms" && role != ClientRole::kProducer) {
    out["socket.timeout.ms"] = value;
  } else {
    const auto renamed = std::find_if(kRenamed.begin(), kRenamed.end(),
                                      [&](const Renamed& entry) { return entry.java == key; });
    out[renamed == kRenamed.end() ? key : std::string(renamed->librdkafka)] = value;
  }
  return {};
}

Properties defaults(const KafkaSettings& settings, ClientRole role) {
  Properties properties = {{"socket.nagle.disable", "true"},
                           // A restarted broker should not wait for us.
                           {"reconnect.backoff.max.ms", "2000"}};
  switch (role) {
    case ClientRole::kProducer:
      properties["client.id"] = "rowmill-producer-" + settings.connector;
      properties["transaction.timeout.ms"] = std::to_string(settings.transaction_timeout.count());
      properties["compression.type"] = "lz4";
      // Costs no latency: a commit flushes at once.
      properties["linger.ms"] = "50";
      // What waits here is the memory of the producer; the records after it wait in the source.
      properties["queue.buffering.max.kbytes"] = "16384";
      break;
    case ClientRole::kConsumer:
      properties["client.id"] = "rowmill-offsets-" + settings.connector;
      // The end of a partition is only known from an empty fetch, which takes this long.
      properties["fetch.wait.max.ms"] = "20";
      // What comes compressed may be many times as large.
      properties["fetch.message.max.bytes"] = "262144";
      break;
    case ClientRole::kAdmin:
      properties["client.id"] = "rowmill-admin-" + settings.connector;
      break;
  }
  return properties;
}

Properties fixed(const KafkaSettings& settings, ClientRole role) {
  Properties properties = {{"bootstrap.servers", settings.bootstrap_servers}};
  switch (role) {
    case ClientRole::kProducer:
      properties["transactional.id"] = settings.transactional_id;
      properties["enable.idempotence"] = "true";
      properties["partitioner"] = "murmur2_random";
      // Asking whether a topic exists must not create it with the broker's defaults.
      properties["allow.auto.create.topics"] = "false";
      break;
    case ClientRole::kConsumer:
      properties["isolation.level"] = "read_committed";
      properties["enable.partition.eof"] = "true";
      properties["enable.auto.commit"] = "false";
      properties["enable.auto.offset.store"] = "false";
      properties["auto.offset.reset"] = "earliest";
      break;
    case ClientRole::kAdmin:
      break;
  }
  return properties;
}

const Properties& overrides_of(const KafkaSettings& settings, ClientRole role) {
  switch (role) {
    case ClientRole::kProducer:
      return settings.producer_overrides;
    case ClientRole::kConsumer:
      return settings.consumer_overrides;
    case ClientRole::kAdmin:
      break;
  }
  return settings.admin_overrides;
}

}  // namespace

Result<Properties> translate_properties(ClientRole role, const Properties& overrides) {
  Properties out;
  for (const auto& [key, value] : overrides) {
    ROWMILL_TRY(translate_one(role, overrides, key, value, out));
  }
  return out;
}

Result<void> set_property(rd_kafka_conf_t* config, const std::string& name,
                          const std::string& value) {
  std::array<char, 512> reason{};
  if (rd_kafka_conf_set(config, name.c_str(), value.c_str(), reason.data(), reason.size()) !=
      RD_KAFKA_CONF_OK) {
    return config_error(name, std::string("is refused: ") + reason.data());
  }
  return {};
}

Result<ConfigHandle> make_config(const KafkaSettings& settings, ClientRole role) {
  ConfigHandle config(rd_kafka_conf_new());
  ROWMILL_ASSIGN(const Properties overrides,
                 translate_properties(role, overrides_of(settings, role)));
  for (const Properties& properties :
       {defaults(settings, role), overrides, fixed(settings, role)}) {
    for (const auto& [name, value] : properties) {
      ROWMILL_TRY(set_property(config.get(), name, value));
    }
  }
  return config;
}

}  // namespace rowmill::kafka
