// SPDX-License-Identifier: Apache-2.0
#include "runtime/commit_protocol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "runtime/fakes.h"

namespace rowmill::runtime {
namespace {

using base::ErrorKind;
using std::chrono::milliseconds;
using What = Fault::What;

/// A task on fakes that is drained once all rows of its source are committed.
class CommitProtocolTest : public testing::Test {
 protected:
  CommitProtocolTest() {
    settings_.connector = "orders";
    settings_.writer = "me";
    settings_.first_retry = settings_.longest_retry = settings_.fenced_pause = milliseconds(1);
    settings_.cut_age = std::chrono::hours(1);
    kafka_.on_commit = [this](size_t committed, uint64_t) {
      if (committed >= source_.all_rows().size()) drain_.request_stop();
    };
  }

  base::Result<void> run() {
    CommitProtocol protocol({source_, converter_, sink_, offsets_, history_, leadership_},
                            settings_, metrics_);
    return protocol.run(drain_.get_token(), stop_.get_token());
  }
  void give_transactions(std::initializer_list<uint32_t> rows) {
    for (const uint32_t count : rows) source_.transactions.push_back({.rows = count});
  }
  /// The n-th call of `name` meets `fault`.
  void fail_once(const std::string& name, int nth, Fault fault) {
    sink_.fault_at = [=, seen = 0](int, const std::string& called) mutable {
      return called == name && seen++ == nth ? fault : Fault{};
    };
  }

  FakeKafka kafka_;
  FakeSource source_;
  FakeConverter converter_;
  FakeHistory history_;
  FakeSink sink_{kafka_};
  FakeOffsetStore offsets_{kafka_};
  FakeLeadership leadership_;
  CommitSettings settings_;
  TaskMetrics metrics_;
  std::stop_source drain_;
  std::stop_source stop_;
};

TEST_F(CommitProtocolTest, FirstLifeClaimsTheInitialOffsetBeforeItStreams) {
  give_transactions({2});
  ASSERT_TRUE(run().ok());
  ASSERT_GE(sink_.calls.size(), 4U);
  EXPECT_THAT(std::vector(sink_.calls.begin(), sink_.calls.begin() + 4),
              testing::ElementsAre("lead", "begin", "send_offset", "commit"));
  EXPECT_EQ(source_.opened.front().position, (model::Position{"binlog", 0}));
}

TEST_F(CommitProtocolTest, StoredOffsetIsWhereTheStreamGoesOn) {
  give_transactions({1, 1, 1});
  kafka_.store(connect::StoredOffset{{.position = {"binlog", 2}}, "another", 7});
  kafka_.on_commit = [this](size_t committed, uint64_t) {
    if (committed == 1) drain_.request_stop();
  };
  ASSERT_TRUE(run().ok());
  EXPECT_THAT(kafka_.records(), testing::ElementsAre("2:0"));
  EXPECT_EQ(kafka_.stored()->writer, "me");
  EXPECT_GE(kafka_.stored()->transaction_sequence, 9U);
}

TEST_F(CommitProtocolTest, EveryRowIsCommittedOnceWhateverCallFails) {
  const std::vector<Fault> faults = {{What::kFails, ErrorKind::kRetry},
                                     {What::kFails, ErrorKind::kAbortTransaction},
                                     {What::kFails, ErrorKind::kUnclear},
                                     {What::kFails, ErrorKind::kFenced},
                                     {What::kSucceedsButFails, ErrorKind::kUnclear},
                                     {What::kSuspect, ErrorKind::kRetry},
                                     {What::kFencedByAnother, ErrorKind::kFenced}};
  for (const Fault& fault : faults) {
    for (int call = 0; call < 24; ++call) {
      SCOPED_TRACE("fault " + std::to_string(static_cast<int>(fault.what)) + " kind " +
                   std::string(base::to_string(fault.kind)) + " at call " + std::to_string(call));
      FakeKafka kafka;
      FakeSource source;
      for (uint32_t i = 0; i < 6; ++i) {
        source.transactions.push_back({.rows = 1 + i % 3, .schema_change = i % 2 == 1});
      }
      FakeSink sink(kafka);
      sink.fault_at = [&](int at, const std::string&) { return at == call ? fault : Fault{}; };
      FakeOffsetStore offsets(kafka);
      std::stop_source drain;
      kafka.on_commit = [&](size_t committed, uint64_t) {
        if (committed >= source.all_rows().size()) drain.request_stop();
      };
      CommitSettings settings = settings_;
      settings.max_changes = 2;
      TaskMetrics metrics;
      CommitProtocol protocol({source, converter_, sink, offsets, history_, leadership_}, settings,
                              metrics);
      const auto result = protocol.run(drain.get_token(), std::stop_token{});
      EXPECT_TRUE(result.ok()) << result.error().text();
      EXPECT_EQ(kafka.records(), source.all_rows());
    }
  }
}

TEST_F(CommitProtocolTest, WithoutASourceOffsetTheFirstTransactionForgetsTheSchemaHistory) {
  give_transactions({1});
  history_.has_earlier_life = true;
  kafka_.on_commit = [this](size_t committed, uint64_t) {
    if (committed >= 2) drain_.request_stop();
  };
  ASSERT_TRUE(run().ok());
  EXPECT_THAT(std::vector(sink_.calls.begin(), sink_.calls.begin() + 5),
              testing::ElementsAre("lead", "begin", "send", "send_offset", "commit"));
  EXPECT_THAT(kafka_.records(), testing::ElementsAre("tombstone", "0:0"));
}

TEST_F(CommitProtocolTest, WithASourceOffsetTheSchemaHistoryStays) {
  give_transactions({1, 1});
  history_.has_earlier_life = true;
  kafka_.store(connect::StoredOffset{{.position = {"binlog", 1}}, "another", 7});
  kafka_.on_commit = [this](size_t committed, uint64_t) {
    if (committed == 1) drain_.request_stop();
  };
  ASSERT_TRUE(run().ok());
  EXPECT_THAT(kafka_.records(), testing::ElementsAre("1:0"));
}

TEST_F(CommitProtocolTest, AfterAnAbortTheHistoryIsReadAsOfTheLastCommit) {
  source_.transactions = {{.rows = 1}, {.rows = 1, .schema_change = true}};
  settings_.max_changes = 1;
  fail_once("send", 1, {What::kFails, ErrorKind::kAbortTransaction});
  ASSERT_TRUE(run().ok());
  EXPECT_THAT(kafka_.records(), testing::ElementsAre("0:0", "schema 1", "1:0"));
  std::vector<uint64_t> read_for;
  for (const auto& offset : history_.read_for) read_for.push_back(offset.position.offset);
  EXPECT_THAT(read_for, testing::ElementsAre(0U, 1U));
}

TEST_F(CommitProtocolTest, EveryRowIsCommittedOnceWhenTransactionsAreCutAndTheCutFails) {
  for (int call = 0; call < 30; ++call) {
    SCOPED_TRACE(call);
    FakeKafka kafka;
    FakeSource source;
    source.transactions = {{.rows = 9}, {.rows = 1}, {.rows = 7}};
    FakeSink sink(kafka);
    sink.fault_at = [&](int at, const std::string&) {
      return at == call ? Fault{What::kSucceedsButFails, ErrorKind::kUnclear} : Fault{};
    };
    FakeOffsetStore offsets(kafka);
    std::stop_source drain;
    kafka.on_commit = [&](size_t committed, uint64_t) {
      if (committed >= source.all_rows().size()) drain.request_stop();
    };
    CommitSettings settings = settings_;
    settings.cut_changes = 2;
    settings.builder.full_changes = 2;
    TaskMetrics metrics;
    CommitProtocol protocol({source, converter_, sink, offsets, history_, leadership_}, settings,
                            metrics);
    ASSERT_TRUE(protocol.run(drain.get_token(), std::stop_token{}).ok());
    EXPECT_EQ(kafka.records(), source.all_rows());
    EXPECT_GT(metrics.cuts.load(), 0U);
  }
}

TEST_F(CommitProtocolTest, CommitThatSucceededUnnoticedIsNotRepeated) {
  give_transactions({1, 1});
  fail_once("commit", 1, {What::kSucceedsButFails, ErrorKind::kUnclear});
  ASSERT_TRUE(run().ok());
  EXPECT_THAT(kafka_.records(), testing::ElementsAre("0:0", "1:0"));
}

TEST_F(CommitProtocolTest, AbortRewindsToTheLastCommittedOffsetWithTheSameProducer) {
  give_transactions({1, 1});
  fail_once("send", 1, {What::kFails, ErrorKind::kAbortTransaction});
  ASSERT_TRUE(run().ok());
  EXPECT_THAT(kafka_.records(), testing::ElementsAre("0:0", "1:0"));
  EXPECT_EQ(std::count(sink_.calls.begin(), sink_.calls.end(), "lead"), 1);
}

TEST_F(CommitProtocolTest, SuspectProducerIsReplacedBeforeTheNextTransaction) {
  give_transactions({1, 1});
  fail_once("commit", 1, {What::kSuspect});
  settings_.max_changes = 1;
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(kafka_.records(), source_.all_rows());
  EXPECT_EQ(std::count(sink_.calls.begin(), sink_.calls.end(), "lead"), 2);
}

TEST_F(CommitProtocolTest, FencedByAWorkerThatWroteEndsTheTask) {
  give_transactions({1, 1});
  sink_.fault_at = [this, seen = 0](int, const std::string& name) mutable {
    if (name != "send" || seen++ != 1) return Fault{};
    kafka_.store(connect::StoredOffset{{.position = {"binlog", 1}}, "the other worker", 50});
    return Fault{What::kFencedByAnother};
  };
  const auto result = run();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kFenced);
  EXPECT_THAT(result.error().text(), testing::HasSubstr("the other worker"));
}

TEST_F(CommitProtocolTest, FencedByATimeOutLeadsAnew) {
  give_transactions({1, 1});
  fail_once("send", 1, {What::kFencedByAnother});
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(kafka_.records(), source_.all_rows());
  EXPECT_EQ(leadership_.awaited, 2);
}

TEST_F(CommitProtocolTest, FencedAfterAResetEndsTheTask) {
  give_transactions({1, 1});
  sink_.fault_at = [this, seen = 0](int, const std::string& name) mutable {
    if (name != "send" || seen++ != 1) return Fault{};
    kafka_.store(std::nullopt);
    return Fault{What::kFencedByAnother};
  };
  const auto result = run();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kFenced);
}

TEST_F(CommitProtocolTest, LostLeadershipBeforeRecoveryEmitsNothing) {
  give_transactions({1});
  leadership_.leads = [this, asked = 0]() mutable {
    EXPECT_TRUE(kafka_.records().empty());
    return ++asked == 2;
  };
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(leadership_.awaited, 2);
  EXPECT_EQ(kafka_.records(), source_.all_rows());
}

TEST_F(CommitProtocolTest, ErrorForAPersonAbortsTheOpenTransactionAndEndsTheTask) {
  give_transactions({1, 1, 1});
  source_.fault_at = [](size_t transaction) -> std::optional<base::Error> {
    if (transaction != 1) return std::nullopt;
    return base::Error(ErrorKind::kUnsupported, "a column type");
  };
  const auto result = run();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind(), ErrorKind::kUnsupported);
  EXPECT_THAT(kafka_.records(), testing::ElementsAre("0:0"));
  EXPECT_EQ(kafka_.stored()->offset.position.offset, 1U);
}

TEST_F(CommitProtocolTest, QuietCapturedTablesStillMoveTheOffset) {
  source_.transactions = {{.rows = 1, .captured = false}, {.rows = 1, .captured = false}};
  settings_.builder.offset_flush_interval = milliseconds(0);
  kafka_.on_commit = [this](size_t, uint64_t offset) {
    if (offset == 2) drain_.request_stop();
  };
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(kafka_.stored()->offset.position.offset, 2U);
  EXPECT_TRUE(kafka_.records().empty());
}

TEST_F(CommitProtocolTest, DrainWhileQuietCommitsTheOffsetReached) {
  source_.transactions = {{.rows = 1}, {.rows = 1, .captured = false}};
  settings_.builder.offset_flush_interval = std::chrono::hours(1);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(kafka_.records(), source_.all_rows());
  EXPECT_GE(kafka_.stored()->offset.position.offset, 1U);
}

TEST_F(CommitProtocolTest, TransactionLongerThanABatchIsCommittedWhole) {
  give_transactions({100});
  settings_.builder.full_changes = 7;
  kafka_.on_commit = [this](size_t committed, uint64_t) {
    EXPECT_TRUE(committed == 0 || committed == 100) << committed;
    if (committed == 100) drain_.request_stop();
  };
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(kafka_.records(), source_.all_rows());
  EXPECT_EQ(metrics_.cuts.load(), 0U);
}

TEST_F(CommitProtocolTest, StopEndsWithoutCommittingAPartOfATransaction) {
  give_transactions({1000});
  settings_.builder.full_changes = 1;
  kafka_.on_commit = {};
  sink_.fault_at = [this, sent = 0](int, const std::string& name) mutable {
    if (name == "send" && ++sent == 10) {
      drain_.request_stop();
      stop_.request_stop();
    }
    return Fault{};
  };
  settings_.queue_bytes = 1;
  ASSERT_TRUE(run().ok());
  EXPECT_TRUE(kafka_.records().empty());
}

}  // namespace
}  // namespace rowmill::runtime
