// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>

#include "convert/form_fixture.h"

namespace rowmill::convert {
namespace {

using enum model::ColumnKind;
using model::Bits;
using model::Decimal;

constexpr uint64_t kMaxUnsigned = std::numeric_limits<uint64_t>::max();

FormSettings decimals(DecimalMode mode) { return {.decimal = mode}; }
FormSettings unsigned_as(BigintUnsignedMode mode) { return {.bigint_unsigned = mode}; }
FormSettings bits(BitMode mode) { return {.bit = mode}; }

TEST(IntegerForms, BoundsOfEachWidth) {
  EXPECT_EQ(written(typed(kTinyInt), int64_t{-128}), "-128");
  EXPECT_EQ(written(unsigned_column(kTinyInt), uint64_t{255}), "255");
  EXPECT_EQ(written(typed(kSmallInt), int64_t{-32768}), "-32768");
  EXPECT_EQ(written(unsigned_column(kSmallInt), uint64_t{65535}), "65535");
  EXPECT_EQ(written(typed(kMediumInt), int64_t{-8388608}), "-8388608");
  EXPECT_EQ(written(unsigned_column(kMediumInt), uint64_t{16777215}), "16777215");
  EXPECT_EQ(written(typed(kInt), int64_t{-2147483648}), "-2147483648");
  EXPECT_EQ(written(unsigned_column(kInt), uint64_t{4294967295}), "4294967295");
  EXPECT_EQ(written(typed(kBigInt), std::numeric_limits<int64_t>::min()), "-9223372036854775808");
}

TEST(IntegerForms, UnsignedBigintIsExact) {
  const auto column = unsigned_column(kBigInt);
  EXPECT_EQ(written(column, kMaxUnsigned), "18446744073709551615");
  EXPECT_EQ(written(column, kMaxUnsigned, {}, true), R"("18446744073709551615")");
}

TEST(IntegerForms, UnsignedBigintAsLongRefusesWhatIsAbove) {
  const auto column = unsigned_column(kBigInt);
  const auto with = unsigned_as(BigintUnsignedMode::kLong);
  EXPECT_EQ(written(column, kMaxUnsigned >> 1, with), "9223372036854775807");
  EXPECT_EQ(written(column, (kMaxUnsigned >> 1) + 1, with), refused(CellOutcome::kBeyondForm));
  EXPECT_EQ(schema_of(column, with), R"({"type":"int64","optional":true,"field":"c"})");
}

// Debezium: BinlogUnsignedIntegerConverter.convertUnsignedBigint, SpecialValueDecimal.builder.
TEST(IntegerForms, UnsignedBigintAsPreciseIsADecimalOfScaleZero) {
  const auto column = unsigned_column(kBigInt);
  const auto with = unsigned_as(BigintUnsignedMode::kPrecise);
  EXPECT_EQ(written(column, uint64_t{0}, with), R"("AA==")");
  EXPECT_EQ(written(column, uint64_t{127}, with), R"("fw==")");
  EXPECT_EQ(written(column, uint64_t{128}, with), R"("AIA=")");
  EXPECT_EQ(written(column, uint64_t{255}, with), R"("AP8=")");
  EXPECT_EQ(written(column, kMaxUnsigned, with), R"("AP//////////")");
  EXPECT_EQ(schema_of(column, with),
            R"({"type":"bytes","optional":true,"name":"org.apache.kafka.connect.data.Decimal",)"
            R"("version":1,"parameters":{"scale":"0","connect.decimal.precision":"20"},)"
            R"("field":"c"})");
}

TEST(DecimalForms, StringIsTheServersText) {
  EXPECT_EQ(written(typed(kDecimal), Decimal{"-0.50"}), R"("-0.50")");
}

// The bytes are those of java.math.BigInteger.toByteArray, which Connect's Decimal.fromLogical
// calls on the unscaled value.
TEST(DecimalForms, PreciseIsTheUnscaledNumber) {
  const auto column = not_null(typed(kDecimal, 6, 3));
  const auto with = decimals(DecimalMode::kPrecise);
  EXPECT_EQ(written(column, Decimal{"0.000"}, with), R"("AA==")");
  EXPECT_EQ(written(column, Decimal{"-0.50"}, with), R"("zg==")");
  EXPECT_EQ(written(column, Decimal{"0.127"}, with), R"("fw==")");
  EXPECT_EQ(written(column, Decimal{"0.128"}, with), R"("AIA=")");
  EXPECT_EQ(written(column, Decimal{"-0.128"}, with), R"("gA==")");
  EXPECT_EQ(written(column, Decimal{"-0.129"}, with), R"("/38=")");
  EXPECT_EQ(written(column, Decimal{"123.456"}, with), R"("AeJA")");
  EXPECT_EQ(schema_of(column, with),
            R"({"type":"bytes","optional":false,"name":"org.apache.kafka.connect.data.Decimal",)"
            R"("version":1,"parameters":{"scale":"3","connect.decimal.precision":"6"},)"
            R"("field":"c"})");
}

TEST(DecimalForms, PreciseHoldsTheLongestDecimal) {
  const auto with = decimals(DecimalMode::kPrecise);
  const std::string nines = std::string(35, '9') + "." + std::string(30, '9');
  // 10^65 - 1 and its negative in two's complement, by Python's int.to_bytes.
  EXPECT_EQ(written(typed(kDecimal, 65, 30), Decimal{nines}, with),
            R"("APMWJxx/w5CKi+9GTjlF73olNgn//////////w==")");
  EXPECT_EQ(written(typed(kDecimal, 65, 30), Decimal{"-" + nines}, with),
            R"("/wzp2OOAPG91dBC5sca6EIXayfYAAAAAAAAAAQ==")");
}

TEST(DecimalForms, PreciseRefusesWhatIsNoDecimal) {
  const auto with = decimals(DecimalMode::kPrecise);
  for (const std::string& digits :
       {std::string(), std::string("-"), std::string("."), std::string("1.2.3"), std::string("1e5"),
        std::string(77, '1')}) {
    EXPECT_EQ(written(typed(kDecimal), Decimal{digits}, with), refused(CellOutcome::kOtherType))
        << digits;
  }
}

TEST(DecimalForms, DoubleIsTheNearest) {
  const auto with = decimals(DecimalMode::kDouble);
  EXPECT_EQ(written(typed(kDecimal), Decimal{"-0.50"}, with), "-0.5");
  EXPECT_EQ(written(typed(kDecimal), Decimal{"0.1000000000000000055511151231257827"}, with), "0.1");
  EXPECT_EQ(written(typed(kDecimal), Decimal{"100"}, with), "100");
  EXPECT_EQ(written(typed(kDecimal), Decimal{"1x"}, with), refused(CellOutcome::kOtherType));
  EXPECT_EQ(schema_of(typed(kDecimal), with), R"({"type":"double","optional":true,"field":"c"})");
}

TEST(FloatForms, ShortestDigits) {
  EXPECT_EQ(written(typed(kFloat), 1.1F), "1.1");
  EXPECT_EQ(written(unsigned_column(kFloat), 0.5F), "0.5");
  EXPECT_EQ(written(typed(kDouble), 1.1), "1.1");
}

TEST(FloatForms, NanAndInfinityAreRefused) {
  const std::string not_finite = refused(CellOutcome::kNotFinite);
  EXPECT_EQ(written(typed(kFloat), std::numeric_limits<float>::quiet_NaN()), not_finite);
  EXPECT_EQ(written(typed(kFloat), std::numeric_limits<float>::infinity()), not_finite);
  EXPECT_EQ(written(typed(kDouble), -std::numeric_limits<double>::infinity()), not_finite);
}

TEST(BitForms, NumberIsUnsigned) {
  EXPECT_EQ(written(typed(kBit, 8), Bits{0x81, 8}), "129");
  EXPECT_EQ(written(typed(kBit, 63), Bits{kMaxUnsigned >> 1, 63}), "9223372036854775807");
  EXPECT_EQ(written(typed(kBit, 64), Bits{kMaxUnsigned, 64}), "18446744073709551615");
  EXPECT_EQ(written(typed(kBit, 64), Bits{kMaxUnsigned, 64}, {}, true),
            R"("18446744073709551615")");
}

// Debezium: JdbcValueConverters.convertBit, convertBits with padLittleEndian;
// io.debezium.data.Bits.
TEST(BitForms, BytesAreABooleanOrLittleEndian) {
  const auto with = bits(BitMode::kBytes);
  EXPECT_EQ(written(typed(kBit, 1), Bits{1, 1}, with), "true");
  EXPECT_EQ(written(typed(kBit, 1), Bits{0, 1}, with), "false");
  EXPECT_EQ(schema_of(typed(kBit, 1), with), R"({"type":"boolean","optional":true,"field":"c"})");
  EXPECT_EQ(written(typed(kBit, 2), Bits{2, 2}, with), R"("Ag==")");
  EXPECT_EQ(written(typed(kBit, 9), Bits{0x105, 9}, with), R"("BQE=")");
  EXPECT_EQ(written(typed(kBit, 16), Bits{1, 16}, with), R"("AQA=")") << "padded to its width";
  EXPECT_EQ(written(typed(kBit, 64), Bits{0x8000000000000001, 64}, with), R"("AQAAAAAAAIA=")");
  EXPECT_EQ(schema_of(typed(kBit, 9), with),
            R"({"type":"bytes","optional":true,"name":"io.debezium.data.Bits","version":1,)"
            R"("parameters":{"length":"9"},"field":"c"})");
}

}  // namespace
}  // namespace rowmill::convert
