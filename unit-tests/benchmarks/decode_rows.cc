// SPDX-License-Identifier: Apache-2.0
//
// Bytes of a rows event to the values of its rows, on one core: see README.md for how to run it.

#include <benchmark/benchmark.h>

#include "benchmarks/row_events.h"
#include "binlog/event_decoder.h"
#include "binlog/rows_reader.h"

namespace rowmill::test {
namespace {

/// Calls of decode_event, those by which the library finds out how often to repeat included.
int64_t events_in_all = 0;

/// Rows read, or 0 after an error. A function of its own, so that a profiler can count within it.
[[gnu::noinline]] size_t decode_event(binlog::EventDecoder& decoder, const RowEvents& events,
                                      binlog::RowsReader::Scratch& scratch) {
  ++events_in_all;
  const auto event = decoder.decode(events.event);
  if (!event.ok()) return 0;
  binlog::RowsReader reader(std::get<binlog::Rows>(event->body), events.layout, scratch);
  size_t rows = 0;
  while (true) {
    const auto more = reader.next();
    if (!more.ok()) return 0;
    if (!*more) return rows;
    benchmark::DoNotOptimize(reader.after().data());
    ++rows;
  }
}

void decode_rows(benchmark::State& state, const RowEvents& events) {
  binlog::EventDecoder decoder(binlog::ChecksumAlgorithm::kCrc32);
  binlog::RowsReader::Scratch scratch;
  if (!decoder.decode(format_description({.checksum = 1})).ok()) std::abort();
  for (auto _ : state) {
    if (decode_event(decoder, events, scratch) != events.rows) {
      state.SkipWithError("the rows could not be read");
      break;
    }
  }
  const auto decoded = static_cast<int64_t>(state.iterations());
  state.SetItemsProcessed(decoded * static_cast<int64_t>(events.rows));
  state.SetBytesProcessed(decoded * static_cast<int64_t>(events.event.size()));
  state.counters["rows_in_all"] =
      static_cast<double>(events_in_all * static_cast<int64_t>(events.rows));
}

BENCHMARK_CAPTURE(decode_rows, integers, integer_rows());
BENCHMARK_CAPTURE(decode_rows, varchars, varchar_rows());
BENCHMARK_CAPTURE(decode_rows, json, json_rows());

}  // namespace
}  // namespace rowmill::test

BENCHMARK_MAIN();
