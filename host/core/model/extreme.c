#include "extreme.h"

#include "decimal.h"

bool pi_extreme(pi_fact fact, bool best, pi_value *out) {
  const pi_fact_row *row = &PI_FACTS[fact];
  bool high = (row->side == PI_SIDE_HARM) != best;
  switch (row->type) {
  case PI_TYPE_STRENGTH: out->micro = high ? (int32_t)PI_MICRO : 0; return true;
  case PI_TYPE_BOOL: out->boolean = high; return true;
  case PI_TYPE_COUNT: out->count = high ? row->limit + 1 : row->limit; return true;
  case PI_TYPE_WORD: out->word = best ? row->best : row->worst; return true;
  case PI_TYPE_ID:
  case PI_TYPE_STRING:
  case PI_TYPE_TEXT:
  case PI_TYPE_TIME:
  case PI_TYPE_COUNTRY:
  case PI_TYPE_MARKET:
  case PI_TYPE_COUNTRIES:
  case PI_TYPE_TREE: break;
  }
  return false;
}
