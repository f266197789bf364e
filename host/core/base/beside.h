/* Where the program lies, and files told from there, so that what is installed can be moved. */
#ifndef PI_BESIDE_H
#define PI_BESIDE_H

#include <stdbool.h>

enum { PI_BESIDE_BYTES = 4096 };

/* The path of `from`, as "pubint.policy" or "../share/x", as seen from the folder that the program lies in,
 * links to it followed. False where the system does not say, or the path is too long. */
bool pi_beside_program(char path[PI_BESIDE_BYTES], const char *from);

#endif
