#include "requirement_page.h"

#include <stdio.h>
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

/* The digits without zeros before them. */
static const char *plain_number(const char *digits) {
  return digits + strspn(digits, "0");
}

const pi_requirement *pi_requirement_find(const char *name) {
  if (name[0] == '\0') return NULL;
  for (size_t i = 0; i < PI_REQUIREMENTS_COUNT; i++) {
    const char *known = PI_REQUIREMENTS[i].name;
    bool same = known[0] == capital(name[0]) && strcmp(plain_number(known + 1), plain_number(name + 1)) == 0;
    if (same && strlen(name) <= strlen(known)) return &PI_REQUIREMENTS[i];
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
