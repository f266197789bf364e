/* Results as SARIF 2.1.0: one run, whose bytes follow from the results alone. */
#ifndef PI_SARIF_H
#define PI_SARIF_H

#include "buffer.h"
#include "results.h"

/* What a file begins with that this wrote. */
#define PI_SARIF_BEGINS                                                                                      \
  "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n"        \
  "  \"runs\": [\n    {\n      \"tool\": {\n        \"driver\": {\n          \"name\": \"pubint\""

/* `place` is the policy's folder, with its slash. */
void pi_sarif_write(const pi_results *results, pi_slice place, pi_buffer *out);

#endif
