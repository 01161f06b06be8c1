// SPDX-License-Identifier: Apache-2.0
#include "kafka/client.h"

#include <netdb.h>
#include <resolv.h>

#include <array>
#include <string_view>
#include <utility>

namespace rowmill::kafka {
namespace {

using base::Error;
using base::ErrorKind;

ClientEvents& events_of(void* opaque) { return *static_cast<ClientEvents*>(opaque); }

void forward_error(rd_kafka_t* /*client*/, int error, const char* reason, void* opaque) {
  events_of(opaque).on_error(static_cast<rd_kafka_resp_err_t>(error), reason);
}

void forward_delivery(rd_kafka_t* /*client*/, const rd_kafka_message_t* message, void* opaque) {
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) events_of(opaque).on_delivery_failure(*message);
}

void forward_log(const rd_kafka_t* client, int level, const char* facility, const char* text) {
  events_of(rd_kafka_opaque(client)).on_log(level, std::string(facility) + ": " + text);
}

/// getaddrinfo() with an end: destroying a client waits for its threads, and a silent name server
/// would hold one for 10 s and more, which a process that has been asked to end does not have. The
/// caller tries again by itself. Called without a name to free a result.
int resolve(const char* node, const char* service, const addrinfo* hints, addrinfo** result,
            void* /*opaque*/) {
  if (node == nullptr) {
    freeaddrinfo(*result);
    return 0;
  }
  // The state is the thread's own. Reading it anew shows a changed resolv.conf; glibc would do that
  // by itself, but then it drops what is set here, hence RES_NORELOAD.
  res_init();
  _res.retrans = 1;
  _res.retry = 1;
  _res.options |= RES_NORELOAD;
  return getaddrinfo(node, service, hints, result);
}

}  // namespace

void ClientEvents::on_delivery_failure(const rd_kafka_message_t& /*message*/) {}

void ClientEvents::on_error(rd_kafka_resp_err_t error, std::string_view reason) {
  // "All brokers down" and time-outs say less than what went before them.
  const bool vague = error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN;
  if (vague && !last_reason_.empty()) return;
  last_error_ = error;
  last_reason_ = reason;
}

void ClientEvents::on_log(int level, std::string_view text) const {
  if (log_) log_(level, text);
}

Error ClientEvents::no_answer(const std::string& what) const {
  std::string message = what;
  if (!last_reason_.empty()) message += ": " + last_reason_;
  const bool refused = last_error_ == RD_KAFKA_RESP_ERR__AUTHENTICATION ||
                       last_error_ == RD_KAFKA_RESP_ERR__SSL ||
                       last_error_ == RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED;
  Error error(refused ? ErrorKind::kConfig : ErrorKind::kRetry, message);
  if (!refused) return error;
  return std::move(error).with_remedy("Check security.protocol, sasl.* and ssl.*");
}

base::Result<ClientHandle> open_client(ConfigHandle config, rd_kafka_type_t type,
                                       ClientEvents& events) {
  rd_kafka_conf_set_opaque(config.get(), &events);
  rd_kafka_conf_set_error_cb(config.get(), forward_error);
  rd_kafka_conf_set_log_cb(config.get(), forward_log);
  rd_kafka_conf_set_resolve_cb(config.get(), resolve);
  if (type == RD_KAFKA_PRODUCER) rd_kafka_conf_set_dr_msg_cb(config.get(), forward_delivery);
  std::array<char, 512> reason{};
  rd_kafka_t* client = rd_kafka_new(type, config.get(), reason.data(), reason.size());
  if (client == nullptr) {
    return Error(ErrorKind::kConfig,
                 std::string("The Kafka client refuses its settings: ") + reason.data());
  }
  static_cast<void>(config.release());  // The client has taken it over.
  return ClientHandle(client);
}

}  // namespace rowmill::kafka
