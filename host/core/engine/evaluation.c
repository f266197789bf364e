#include "evaluation.h"

pubint_outcome pubint_evaluation_outcome(const pubint_evaluation *self) {
  return self->outcome;
}

pubint_basis pubint_evaluation_basis(const pubint_evaluation *self) {
  return self->basis;
}

bool pubint_evaluation_final(const pubint_evaluation *self) {
  return self->final;
}
