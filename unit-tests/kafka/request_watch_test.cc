// SPDX-License-Identifier: Apache-2.0
#include "kafka/request_watch.h"

#include <gtest/gtest.h>

namespace rowmill::kafka {
namespace {

constexpr int16_t kProduce = 0;
constexpr int16_t kMetadata = 3;
constexpr int16_t kEndTxn = 26;

TEST(RequestWatch, AnsweredRequestsDisturbNothing) {
  RequestWatch watch;
  watch.start();
  watch.on_request(kProduce);
  watch.on_request(kEndTxn);
  watch.on_answer(kProduce, RD_KAFKA_RESP_ERR_NO_ERROR);
  watch.on_answer(kEndTxn, RD_KAFKA_RESP_ERR_NO_ERROR);
  EXPECT_TRUE(watch.end_requested());
  EXPECT_FALSE(watch.disturbed());
}

TEST(RequestWatch, RequestWithoutAnswerDisturbs) {
  RequestWatch watch;
  watch.start();
  watch.on_request(kProduce);
  EXPECT_TRUE(watch.disturbed());
  EXPECT_FALSE(watch.end_requested());
}

TEST(RequestWatch, FailedRequestDisturbsThoughItsRepetitionIsAnswered) {
  RequestWatch watch;
  watch.start();
  watch.on_request(kProduce);
  watch.on_answer(kProduce, RD_KAFKA_RESP_ERR__TRANSPORT);
  watch.on_request(kProduce);
  watch.on_answer(kProduce, RD_KAFKA_RESP_ERR_NO_ERROR);
  EXPECT_TRUE(watch.disturbed());
}

TEST(RequestWatch, SecondEndTxnDisturbsThoughBothAreAnswered) {
  RequestWatch watch;
  watch.start();
  for (int i = 0; i < 2; ++i) {
    watch.on_request(kEndTxn);
    watch.on_answer(kEndTxn, RD_KAFKA_RESP_ERR_NO_ERROR);
  }
  EXPECT_TRUE(watch.disturbed());
}

TEST(RequestWatch, OtherRequestsDoNotCount) {
  RequestWatch watch;
  watch.start();
  watch.on_request(kMetadata);
  watch.on_answer(kMetadata, RD_KAFKA_RESP_ERR__TRANSPORT);
  EXPECT_FALSE(watch.disturbed());
}

TEST(RequestWatch, StartForgetsTheTransactionBefore) {
  RequestWatch watch;
  watch.on_request(kEndTxn);
  watch.start();
  EXPECT_FALSE(watch.end_requested());
  EXPECT_FALSE(watch.disturbed());
}

}  // namespace
}  // namespace rowmill::kafka
