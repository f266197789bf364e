/* pubint: decides, and explains, whether a rule-breaking Tweet by a public official may stay up behind
 * a public-interest notice. This header includes the whole public interface. */
#ifndef PUBINT_H
#define PUBINT_H

#include <pubint/case.h>
#include <pubint/engine.h>
#include <pubint/error.h>
#include <pubint/evaluation.h>
#include <pubint/policy.h>

#endif
