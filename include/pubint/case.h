/* One case: a Tweet with its account, violations and context, read strictly.
 *
 * A case is immutable once parsed and may be read by several threads at once.
 */
#ifndef PUBINT_CASE_H
#define PUBINT_CASE_H

#include <stddef.h>

#include <pubint/error.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct pubint_case pubint_case;

/* A case's longest line, in bytes, without its newline. */
#define PUBINT_CASE_BYTES_MAX ((size_t)1024 * 1024)

/* Parses one JSON object of `bytes` bytes (it need not end in NUL). The input is copied: the case does
 * not refer to it afterwards. On failure *out is NULL and `error`, which may be NULL, says what was
 * found where and what was expected. An absent or null fact is unknown, which is neither false nor 0. */
pubint_status pubint_case_parse(pubint_case **out, const char *json, size_t bytes, pubint_error *error);

/* Frees a case; NULL is legal. No evaluation may be using it. */
void pubint_case_free(pubint_case *self);

/* The case's id, owned by the case, ending in NUL; never NULL. */
const char *pubint_case_id(const pubint_case *self);

#ifdef __cplusplus
}
#endif
#endif
