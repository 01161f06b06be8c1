// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace rowmill::base {

/// What the task must do about a failure. The kind is part of the contract of every function that
/// returns a Result: the runtime acts on the kind alone and shows the message to a person.
enum class ErrorKind {
  /// The outside world failed for now: try again after a pause, from the last committed offset.
  kRetry,
  /// The open Kafka transaction cannot be committed but the producer is sound: abort and rewind.
  kAbortTransaction,
  /// Whether the last commit happened is unknown, or the producer is suspect: destroy it, lead
  /// anew.
  kUnclear,
  /// Another producer with our transactional.id has taken over.
  kFenced,
  /// Bytes from the source or from Kafka do not follow their format: stop the task.
  kCorrupt,
  /// A person must change a setting, a grant or a server variable: stop the task.
  kConfig,
  /// The input is legal but Rowmill does not handle it: stop the task, lose nothing.
  kUnsupported,
  /// An invariant of ours is broken, or nothing else fits: stop the task.
  kFatal,
  /// Somebody asked us to stop; not a failure.
  kStopped,
};

/// Lower-case word for logs, such as "retry".
std::string_view to_string(ErrorKind kind);

/// A failure as a value: the kind, what happened, and what to do about it. Immutable but for
/// context, which callers add on the way up ("reading orders at binlog.000003:4711").
class Error {
 public:
  Error(ErrorKind kind, std::string message) : kind_(kind), message_(std::move(message)) {}

  [[nodiscard]] ErrorKind kind() const { return kind_; }

  /// The whole text: outermost context first, then the message, then the remedy.
  [[nodiscard]] std::string text() const;

  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] const std::string& remedy() const { return remedy_; }

  /// Puts `where` in front of the message.
  Error&& with_context(std::string_view where) &&;
  /// What a person can do about it, as a full sentence.
  Error&& with_remedy(std::string remedy) &&;
  /// The same failure seen by a caller who must act in another way.
  Error&& as(ErrorKind kind) &&;

 private:
  ErrorKind kind_;
  std::string message_;
  std::string remedy_;
};

}  // namespace rowmill::base
