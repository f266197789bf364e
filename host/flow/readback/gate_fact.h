/* What a gate shows of the case, read back into one. */
#ifndef PI_GATE_FACT_H
#define PI_GATE_FACT_H

#include "gates.h"
#include "json_members.h"

/* Reads `fact` of a gate: of that which counts violations their number, of that of the office an object. */
pubint_status pi_gate_fact_read(pi_member_reader *self, pi_gate gate, pi_case *shown);

/* Reads `type`, the other fact that an answer goes with. */
pubint_status pi_gate_fact_read_type(pi_member_reader *self, pi_gate gate, pi_case *shown);

#endif
