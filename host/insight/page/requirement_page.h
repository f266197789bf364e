/* A requirement of the written policy (R049), or how an ambiguity in it is read (A09), for people. */
#ifndef PI_REQUIREMENT_PAGE_H
#define PI_REQUIREMENT_PAGE_H

#include "page.h"

typedef struct pi_requirement {
  char name[8];     /* "R049" */
  const char *text; /* what is required, or what is left open; plain English */
  const char
      *source; /* the Dutch words of the policy, "" where there are none; of an ambiguity the reading */
} pi_requirement;

extern const pi_requirement PI_REQUIREMENTS[];
extern const size_t PI_REQUIREMENTS_COUNT;

/* The row of "R049", "r49" or "A9"; NULL where there is none. */
const pi_requirement *pi_requirement_find(const char *name);

/* Whether it is a requirement, with words of the policy, and not a reading. */
bool pi_requirement_is_quoted(const pi_requirement *self);

void pi_requirement_print(pi_page *page, const pi_requirement *self);

/* All of them, a row each. */
void pi_requirements_print(pi_page *page);

#endif
