#include "import_withheld.h"

#include <string.h>

static void add_country(pi_import_reader *self, pi_import_withheld *out, pi_slice code, const char *path) {
  if (pi_slice_equal(code, PI_SLICE("XX"))) {
    out->everywhere = true;
    return;
  }
  if (pi_slice_equal(code, PI_SLICE("XY"))) {
    out->copyright = true;
    return;
  }
  size_t at = 0;
  while (at < out->count && pi_slice_compare(out->codes[at], code) < 0) at++;
  if (at < out->count && pi_slice_equal(out->codes[at], code)) return;
  if (out->count == PI_IMPORT_COUNTRIES_MAX) {
    pi_import_read_refuse_value(self, PI_E_BAD_COUNTRY, path, "more codes than there can be",
                                "two capital letters each");
    return;
  }
  memmove(&out->codes[at + 1], &out->codes[at], (out->count - at) * sizeof code);
  out->codes[at] = code;
  out->count++;
}

/* A list of codes, or as in old payloads one text of them: "GR, HK". */
static void add_countries(pi_import_reader *self, pi_import_withheld *out, uint32_t object,
                          const char *path) {
  const pi_node *node = pi_import_read_node(self, pi_import_read_at(self, object, path));
  if (node == NULL) return;
  if (node->kind == PI_NODE_STRING) {
    const char *p = node->as.string.ptr;
    const char *end = p + node->as.string.len;
    while (p < end) {
      const char *begin = p;
      while (p < end && *p != ',' && *p != ' ') p++;
      if (p > begin) add_country(self, out, (pi_slice){begin, (size_t)(p - begin)}, path);
      if (p < end) p++;
    }
    return;
  }
  if (node->kind != PI_NODE_ARRAY) {
    pi_import_read_refuse_value(self, PI_E_WRONG_TYPE, path, pi_import_read_kind(node),
                                "an array of country codes");
    return;
  }
  for (uint32_t i = 0; i < node->count && self->status == PUBINT_OK; i++) {
    const pi_node *item = &self->tree->nodes[node->as.first + i];
    if (item->kind == PI_NODE_STRING) {
      add_country(self, out, item->as.string, path);
    } else {
      pi_import_read_refuse_value(self, PI_E_WRONG_TYPE, path, pi_import_read_kind(item),
                                  "a country code: a string");
    }
  }
}

/* Of a Tweet and of a user alike. */
void pi_import_withheld_read(pi_import_withheld *out, pi_import_reader *self, uint32_t object) {
  const pi_node *withheld = pi_import_read_node(self, pi_import_read_at(self, object, "withheld"));
  if (withheld != NULL && withheld->kind != PI_NODE_OBJECT) {
    pi_import_read_refuse_value(self, PI_E_WRONG_TYPE, "withheld", pi_import_read_kind(withheld),
                                "an object");
  }
  add_countries(self, out, object, "withheld/country_codes");
  add_countries(self, out, object, "withheld_in_countries");
  bool marked = pi_import_read_flag(self, object, "withheld/copyright");
  bool old = pi_import_read_flag(self, object, "withheld_copyright");
  if (marked || old) out->copyright = true;
}

void pi_import_withheld_join(pi_import_withheld *out, pi_import_reader *self,
                             const pi_import_withheld *other) {
  out->everywhere = out->everywhere || other->everywhere;
  out->copyright = out->copyright || other->copyright;
  for (size_t i = 0; i < other->count; i++) add_country(self, out, other->codes[i], "withheld");
}
