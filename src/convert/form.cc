// SPDX-License-Identifier: Apache-2.0
#include "convert/form.h"

#include <algorithm>
#include <cassert>

namespace rowmill::convert {

std::span<const Form* const> all_forms() {
  static const auto kAll = [] {
    std::vector<const Form*> all;
    for (const auto part :
         {integer_forms(), number_forms(), time_forms(), text_forms(), geometry_forms()}) {
      for (const Form& form : part) all.push_back(&form);
    }
    return all;
  }();
  return kAll;
}

const Form& form_of(const model::Column& column, const FormSettings& settings) {
  const auto forms = all_forms();
  const auto found = std::ranges::find_if(forms, [&](const Form* form) {
    return form->kind == column.kind && form->applies(column, settings);
  });
  assert(found != forms.end());
  return **found;
}

}  // namespace rowmill::convert
