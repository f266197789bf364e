/* An evaluation as a tree, which a console shows as `evaluation`. */
#ifndef PI_EVALUATION_TREE_H
#define PI_EVALUATION_TREE_H

#include "arena.h"
#include "slice.h"
#include "tree.h"

/* Of the text of one object, in the arena; an empty tree where that is none, or memory ran out. */
pi_tree pi_evaluation_tree(pi_slice text, pi_arena *arena);

#endif
