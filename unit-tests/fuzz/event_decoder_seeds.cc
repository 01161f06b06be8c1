// SPDX-License-Identifier: Apache-2.0
//
// event_decoder_seeds DIR BINLOG...: turns recorded binlogs into inputs of event_decoder_fuzzer,
// one for each transaction and one for each file.

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <variant>

#include "binlog/event_decoder.h"
#include "fuzz/event_stream.h"
#include "support/binlog_file.h"
#include "support/event_bytes.h"

namespace rowmill::test {
namespace {

using namespace binlog;

void write(const std::filesystem::path& path, const Bytes& flavor, const Bytes& events) {
  const Bytes seed = flavor + events;
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(seed.data()), static_cast<std::streamsize>(seed.size()));
}

bool starts_transaction(EventType type) {
  return type == EventType::kGtid || type == EventType::kGtidTagged ||
         type == EventType::kAnonymousGtid || type == EventType::kMariadbGtid;
}

base::Result<void> convert(const std::filesystem::path& binlog,
                           const std::filesystem::path& folder) {
  constexpr size_t kChecksumBytes = 4;
  ROWMILL_ASSIGN(const auto events, read_binlog_file(binlog.string()));
  EventDecoder decoder(ChecksumAlgorithm::kNone);
  ROWMILL_ASSIGN(const Event first, decoder.decode(events.front()));
  const auto& format = std::get<FormatDescription>(first.body);
  const Bytes flavor = hex(format.flavor == Flavor::kMariadb ? "01" : "00");
  const size_t checksum_bytes = format.checksum == ChecksumAlgorithm::kCrc32 ? kChecksumBytes : 0;

  const std::string name = binlog.stem().string();
  Bytes whole;
  Bytes transaction;
  size_t transactions = 0;
  for (size_t i = 1; i < events.size(); ++i) {
    ROWMILL_ASSIGN(const EventHeader header, EventDecoder::peek_header(events[i]));
    if (starts_transaction(header.type)) {
      write(folder / (name + "." + std::to_string(transactions++)), flavor, transaction);
      transaction.clear();
    }
    Bytes event = events[i];
    event.resize(event.size() - checksum_bytes);
    transaction = transaction + little_endian(event.size(), kLengthBytes) + event;
    whole = whole + little_endian(event.size(), kLengthBytes) + event;
  }
  write(folder / (name + "." + std::to_string(transactions)), flavor, transaction);
  write(folder / name, flavor, whole);
  return {};
}

}  // namespace
}  // namespace rowmill::test

int main(int argc, char** argv) {
  for (int i = 2; i < argc; ++i) {
    const auto converted = rowmill::test::convert(argv[i], argv[1]);
    if (!converted.ok()) {
      std::cerr << argv[i] << ": " << converted.error().text() << "\n";
      return 1;
    }
  }
  return 0;
}
