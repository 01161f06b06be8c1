// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace rowmill::app {

/// Of the CMake project.
inline constexpr std::string_view kVersion = ROWMILL_VERSION;

}  // namespace rowmill::app
