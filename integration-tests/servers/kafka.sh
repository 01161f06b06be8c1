#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# One Apache Kafka 4.3 broker that is its own controller (KRaft), from the jars on Maven Central.
# Options after -- are lines of server.properties, such as message.max.bytes=20000000.

# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=supervisor.sh
. "$servers_folder/supervisor.sh"

# The version is part of the name: another one in the pom fetches anew.
readonly kafka_version=4.3.1
readonly cluster_id=cm93bWlsbC10ZXN0LWtrYQ

# A Maven repository of its own keeps ~/.m2 out of this; half of one survives a broken download.
fill_cache() {
  local repository
  repository=$(cached maven-repository)
  say "fetching Kafka $kafka_version from Maven Central (once, into $1)"
  mvn --batch-mode --quiet "-Dmaven.repo.local=$repository" "-Dkafka.version=$kafka_version" \
    --file "$servers_folder/kafka-pom.xml" dependency:copy-dependencies "-DoutputDirectory=$1" >&2 ||
    die "Maven could not fetch Kafka $kafka_version"
  rm -rf "$repository"
}

install_server() {
  need_package java
  if [[ ! -d $(cached "kafka-$kafka_version") ]]; then need_package mvn; fi
  once "kafka-$kafka_version" fill_cache
}

java_class() {
  local level=$1
  shift
  command=(java -Xmx384m -XX:+UseSerialGC "-Dorg.slf4j.simpleLogger.defaultLogLevel=$level"
    -Dorg.slf4j.simpleLogger.showDateTime=true "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS"
    -cp "$(cached "kafka-$kafka_version")/*" "$@")
}

write_properties() {
  local controller_port
  controller_port=$(kept_port "$dir/controller-port")
  cat >"$dir/server.properties" <<TEXT
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$controller_port
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$controller_port
advertised.listeners=PLAINTEXT://127.0.0.1:$port
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=$dir/data
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
# Tests of abandoned transactions would wait 10 s.
transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
# A broker that was killed is not let in again before its old session has ended, after 9 s by default.
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
group.initial.rebalance.delay.ms=0
# 128 MB by default, too much for this heap.
log.cleaner.dedupe.buffer.size=8388608
TEXT
  if ((${#options[@]})); then printf '%s\n' "${options[@]}" >>"$dir/server.properties"; fi
}

prepare_server() {
  write_properties
  if [[ -e $dir/data/meta.properties ]]; then return; fi
  java_class warn kafka.tools.StorageTool format -t "$cluster_id" -c "$dir/server.properties"
  "${command[@]}" >>"$log" 2>&1 || fail_with_log "formatting the storage failed"
}

compose_command() {
  java_class info kafka.Kafka "$dir/server.properties"
}

server_is_ready() {
  logged_since_start 'Kafka Server started'
}

describe_server() {
  cat <<TEXT
HOST=127.0.0.1
BOOTSTRAP=127.0.0.1:$port
DATADIR=$dir/data
VERSION=$kafka_version
TEXT
}

# run_tool CLASS [ARGS]: org.apache.kafka.tools.TopicCommand, …consumer.ConsoleConsumer and so on.
run_tool() {
  java_class warn "$@"
  exec "${command[@]}"
}

case ${1:-} in
  tool) run_tool "${@:2}" ;;
  *) main "$@" ;;
esac
