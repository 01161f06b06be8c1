// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/arena.h"
#include "base/byte_reader.h"
#include "base/result.h"
#include "binlog/event.h"
#include "binlog/row_layout.h"
#include "model/value.h"

namespace rowmill::binlog {

class JsonDocument;

/// Walks the rows of one rows event.
///
///     RowsReader rows(event, layout);
///     while (true) { ROWMILL_ASSIGN(const bool more, rows.next()); if (!more) break; use
///     rows.before(), rows.after(); }
///
/// Views are valid until the next call of next() or skip(). The event's bytes and `layout` must
/// outlive the reader; `scratch` may be reused for the next event, so that nothing is allocated per
/// row.
class RowsReader {
 public:
  struct Scratch {
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    base::Arena arena;
    std::vector<model::Value> before;
    std::vector<model::Value> after;
    /// Only for rows with differences of JSON documents: for each column the binary document
    /// before, and where the differences are applied.
    std::vector<std::span<const std::byte>> documents;
    std::unique_ptr<JsonDocument> document;
  };

  /// `silent`: a flag for each column whose absence from an after image does not say that it did
  /// not change; null where all speak. Outlives the reader.
  RowsReader(const Rows& event, const RowLayout& layout, Scratch& scratch,
             const std::vector<bool>* silent = nullptr);

  /// Decodes the next row; false at the end. Errors: kCorrupt (short, left over, column count that
  /// is not the layout's), kUnsupported; each names the column index and the row index.
  base::Result<bool> next();
  /// Passes over the next row without decoding its cells; false at the end.
  base::Result<bool> skip();

  /// kUpdate and kDelete: the row before. Empty for kWrite.
  [[nodiscard]] std::span<const model::Value> before() const;
  /// kWrite and kUpdate: the row after. Empty for kDelete. A column that only the before image of
  /// an update has did not change and is here too, unless it is silent; any other is Absent: its
  /// value cannot be known from the log.
  [[nodiscard]] std::span<const model::Value> after() const;
  /// Index of the row that next() delivered, from 0.
  [[nodiscard]] uint32_t row() const { return rows_read_ - 1; }

 private:
  enum class Mode : uint8_t { kDecode, kSkip };
  /// One of the images of each row; `cells` is null if the event's rows do not have it.
  struct Image {
    std::span<const std::byte> present;
    size_t present_count = 0;
    std::vector<model::Value>* cells = nullptr;
  };
  base::Result<bool> advance(Mode mode);
  base::Result<void> read_row(Mode mode);
  template <bool kPartial>
  base::Result<void> read_image(const Image& image, std::span<const std::byte> partial, Mode mode);
  base::Result<std::span<const std::byte>> read_partial_bits();
  void find_documents(size_t begin);
  base::Result<model::Value> read_json_diffs(size_t column);
  void fill_after();
  [[nodiscard]] base::Error short_read(size_t column) const;
  [[nodiscard]] std::string place(size_t column) const;

  const Rows& event_;
  const RowLayout& layout_;
  const std::vector<bool>* const silent_;
  Scratch& scratch_;
  base::ByteReader reader_;
  Image before_;
  Image after_;
  bool fills_after_ = false;
  uint32_t rows_read_ = 0;
};

}  // namespace rowmill::binlog
