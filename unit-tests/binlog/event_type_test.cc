// SPDX-License-Identifier: Apache-2.0
#include "binlog/event_type.h"

#include <gtest/gtest.h>

#include <set>

namespace rowmill::binlog {
namespace {

TEST(EventType, KnownTypesHaveTheManualsName) {
  EXPECT_EQ(to_string(EventType::kWriteRows), "WRITE_ROWS_EVENT");
  EXPECT_EQ(to_string(EventType::kMariadbGtid), "GTID_EVENT");
  EXPECT_EQ(describe(EventType::kGtidTagged), "GTID_TAGGED_LOG_EVENT");
}

TEST(EventType, UnknownTypesAreDescribedByNumber) {
  EXPECT_EQ(to_string(EventType{44}), "unknown type");
  EXPECT_EQ(describe(EventType{255}), "unknown type 255");
  EXPECT_EQ(find_event_type(EventType{99}), nullptr);
}

TEST(EventType, EveryTypeOfBothServersIsInTheTableOnce) {
  std::set<std::string_view> names;
  for (unsigned code = 0; code < 256; ++code) {
    const EventTypeInfo* info = find_event_type(static_cast<EventType>(code));
    const bool known = code <= 43 || (code >= 160 && code <= 172);
    ASSERT_EQ(info != nullptr, known) << code;
    if (!known) continue;
    EXPECT_EQ(static_cast<unsigned>(info->type), code);
    EXPECT_TRUE(names.insert(info->name).second) << info->name;
  }
}

TEST(EventType, WhatIsNotDecodedSaysWhy) {
  for (unsigned code = 0; code < 256; ++code) {
    const EventTypeInfo* info = find_event_type(static_cast<EventType>(code));
    if (info == nullptr) continue;
    EXPECT_EQ(info->why.empty(), info->treatment == EventTreatment::kDecoded) << info->name;
  }
}

}  // namespace
}  // namespace rowmill::binlog
