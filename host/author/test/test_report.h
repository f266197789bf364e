/* What came of the tests: as people read it, as TAP 13, as JSON, and as JUnit's XML. */
#ifndef PI_TEST_REPORT_H
#define PI_TEST_REPORT_H

#include "arena.h"
#include "outline.h"
#include "page.h"
#include "test_options.h"

/* What JUnit's XML begins with: who wrote it. */
#define PI_TEST_REPORT_XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- pubint test -->\n"

/* One that was shown, with those like it, which were not. */
typedef struct pi_test_failure {
  struct pi_test_failure *next;
  pi_slice script;
  uint32_t line;
  pi_slice name;
  pi_slice message;
  pi_slice expected;
  pi_slice actual;
  uint32_t more;
} pi_test_failure;

typedef struct pi_test_report {
  pi_page *page;    /* for people, or NULL */
  pi_buffer *tap;   /* or NULL */
  pi_outline *json; /* or NULL: an object, opened by the caller, who closes it */
  pi_buffer *xml;   /* JUnit: the suites, put together at the end; or NULL */
  pi_buffer suite;  /* the cases of the file that runs */
  char file[300];
  uint32_t file_passed;
  uint32_t file_failed;
  uint32_t number;
  pi_arena arena;            /* of the failures */
  pi_test_failure *failures; /* in the order they came */
  pi_test_failure *last_failure;
} pi_test_report;

/* All of them borrowed. */
void pi_test_report_begin(pi_test_report *self, pi_page *page, pi_buffer *tap, pi_outline *json,
                          pi_buffer *xml);

/* A pi_test_options.told with the report as context. */
void pi_test_report_told(void *self, const pi_test_result *result);

/* Ends the last file, so that something else can be told before the end. */
void pi_test_report_flush(pi_test_report *self);

/* Ends with "N passed, N failed" alone on a line for people, with the plan for TAP. */
void pi_test_report_end(pi_test_report *self, const pi_test_totals *totals);

/* Appends the outcome and every rule's balance, as `pubint eval` shows them. */
void pi_test_report_balance(pi_buffer *out, const pubint_evaluation *evaluation, unsigned width, bool color);

#endif
