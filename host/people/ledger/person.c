#include "person.h"

#include <string.h>

/* The next byte of a name from *at on, letters of ASCII small, joiners passed over; 0 at its end. */
static unsigned char next_of(pi_slice name, size_t *at) {
  while (name.len - *at >= 3 && memcmp(name.ptr + *at, "\xe2\x80", 2) == 0 &&
         (name.ptr[*at + 2] == '\x8c' || name.ptr[*at + 2] == '\x8d')) {
    *at += 3;
  }
  if (*at == name.len) return 0;
  unsigned char byte = (unsigned char)name.ptr[(*at)++];
  return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte;
}

bool pi_person_same(pi_slice a, pi_slice b) {
  size_t at_a = 0, at_b = 0;
  unsigned char x, y;
  do {
    x = next_of(a, &at_a);
    y = next_of(b, &at_b);
  } while (x == y && x != 0);
  return x == y;
}
