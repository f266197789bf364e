#include "requirement_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INDENT = 2, COLUMN_TEXT = 8 };

#define REQUIREMENT(name, text, dutch) {#name, text, dutch},
#define READING(name, text, reading)   {#name, text, reading},
const pi_requirement PI_REQUIREMENTS[] = {
#include "requirements.def"
};
#undef REQUIREMENT
#undef READING
const size_t PI_REQUIREMENTS_COUNT = sizeof PI_REQUIREMENTS / sizeof *PI_REQUIREMENTS;

static char capital(char c) {
  return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

const pi_requirement *pi_requirement_find(const char *name) {
  const char *digits = name[0] != '\0' ? name + 1 : name;
  size_t count = strspn(digits, "0123456789");
  if (count == 0 || count > 3 || digits[count] != '\0') return NULL;
  for (size_t i = 0; i < PI_REQUIREMENTS_COUNT; i++) {
    const char *known = PI_REQUIREMENTS[i].name;
    if (known[0] == capital(name[0]) && atoi(known + 1) == atoi(digits)) return &PI_REQUIREMENTS[i];
  }
  return NULL;
}

bool pi_requirement_is_quoted(const pi_requirement *self) {
  return self->name[0] == 'R';
}

void pi_requirement_print(pi_page *page, const pi_requirement *self) {
  char text[1024];
  snprintf(text, sizeof text, "%s: %s", self->name, self->text);
  pi_page_wrap(page, 0, PI_STYLE_HEAD, pi_slice_of(text));
  pi_page_end(page);
  if (self->source[0] == '\0') return;
  if (pi_requirement_is_quoted(self))
    snprintf(text, sizeof text, "In the policy (Dutch): «%s»", self->source);
  else
    snprintf(text, sizeof text, "How it is read: %s", self->source);
  pi_page_wrap(page, 0, PI_STYLE_PLAIN, pi_slice_of(text));
}

void pi_requirements_print(pi_page *page) {
  pi_page_text(page, PI_STYLE_HEAD, PI_SLICE("The written policy, and how it is read"));
  pi_page_end(page);
  for (size_t i = 0; i < PI_REQUIREMENTS_COUNT; i++) {
    pi_page_to(page, INDENT);
    pi_page_text(page, PI_STYLE_STRONG, pi_slice_of(PI_REQUIREMENTS[i].name));
    pi_page_to(page, COLUMN_TEXT);
    pi_page_wrap(page, COLUMN_TEXT, PI_STYLE_PLAIN, pi_slice_of(PI_REQUIREMENTS[i].text));
  }
}
