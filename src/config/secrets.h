// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace rowmill::config {

struct ResolvedText {
  std::string text;
  /// True if a placeholder was replaced: the text must not be printed.
  bool secret = false;
};

/// Replaces the placeholders of Kafka Connect's config providers (ConfigTransformer's pattern
/// `${provider:[path:]key}`), in one pass, so that what comes in is not looked at again:
///
///     ${file:/path/secrets.properties:key}   a key of a properties file
///     ${dir:/path:name}                      the content of a file in a directory
///     ${env:NAME}                            an environment variable
///
/// Relative paths start at the working directory, as Connect's do. Unlike Connect's, a placeholder
/// that cannot be replaced is an error (kConfig), whose text holds nothing of a secret.
base::Result<ResolvedText> resolve_placeholders(std::string_view text);

}  // namespace rowmill::config
