/* One run over one file of tests: what the functions that a test calls share. */
#ifndef PI_TEST_RUNNER_H
#define PI_TEST_RUNNER_H

#include <lua.h>

#include <pubint/engine.h>

#include "arena.h"
#include "buffer.h"
#include "extra.h"
#include "test_options.h"

enum { PI_TEST_NAME_BYTES = 240, PI_TEST_SHOWN_BYTES = 600 };

/* One run over one file. */
typedef struct pi_test_runner {
  const pubint_policy *policy;
  pubint_engine *engine;
  const pi_test_options *options;
  pi_test_totals *totals;
  pi_slice file;
  pi_slice source;    /* of it */
  uint32_t tests;     /* of this file */
  unsigned depth;     /* tests within tests */
  uint32_t ended;     /* tests told within the one that runs */
  uint32_t open;      /* expectations that nothing was asked of yet */
  uint32_t open_line; /* of the last that was made */
  bool stopping;
  bool as_tables;                /* evaluations are given as tables, and not as handles of the state */
  char name[PI_TEST_NAME_BYTES]; /* of the test that runs, those around it included */
  pi_arena arena;                /* of the last case that was evaluated */
  pi_arena making;               /* of the case being put together */
  pi_buffer scratch;             /* JSON being made */
  pi_buffer expected;            /* of the expectation that failed */
  pi_buffer actual;
  pi_buffer hint;
  pi_case input;
  const pubint_evaluation *evaluation; /* the last; NULL: none in this test */
} pi_test_runner;

/* Forgets what an expectation left. */
void pi_test_runner_forget(pi_test_runner *self);

/* [-0, +0, -] of a C function of the tests' sandbox. */
pi_test_runner *pi_test_runner_of(lua_State *L);

#endif
