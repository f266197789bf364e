#include "audit.h"

#include <stdio.h>
#include <string.h>

#include "audit_chain.h"
#include "errors.h"

static bool is_link(pi_slice text) {
  for (size_t i = 0; i < text.len; i++) {
    bool digit = (text.ptr[i] >= '0' && text.ptr[i] <= '9') || (text.ptr[i] >= 'a' && text.ptr[i] <= 'f');
    if (!digit) return false;
  }
  return text.len == PI_LINK_BYTES;
}

pubint_status pi_audit_head(pi_ledger *ledger, int64_t *sequence, char link[PI_LINK_BYTES + 1],
                            pubint_error *error) {
  pi_query *newest =
      pi_ledger_statement(ledger, "SELECT sequence, link FROM audit ORDER BY sequence DESC LIMIT 1");
  pubint_status status = PUBINT_OK;
  *sequence = 0;
  memset(link, '0', PI_LINK_BYTES);
  link[PI_LINK_BYTES] = '\0';
  if (pi_ledger_next(newest, &status, error)) {
    pi_slice text = pi_ledger_text(newest, 1);
    *sequence = pi_ledger_number(newest, 0);
    if (is_link(text)) {
      memcpy(link, text.ptr, PI_LINK_BYTES);
    } else {
      status = pi_error_setf(error, PI_E_AUDIT_CHANGED, "entry %lld of the audit log was changed",
                             (long long)*sequence);
    }
  }
  pi_ledger_reset(newest);
  return status;
}

pubint_status pi_audit_next(pi_ledger *ledger, int64_t *out, pubint_error *error) {
  char link[PI_LINK_BYTES + 1];
  pubint_status status = pi_audit_head(ledger, out, link, error);
  if (status == PUBINT_OK) (*out)++;
  return status;
}

pubint_status pi_audit_append(pi_ledger *ledger, pi_audit_entry *entry, pubint_error *error) {
  char before[PI_LINK_BYTES + 1];
  int64_t newest;
  pubint_status status = pi_audit_head(ledger, &newest, before, error);
  if (status == PUBINT_OK) status = pi_chain_link(ledger, entry, entry->sequence, before, entry->link, error);
  if (status != PUBINT_OK) return status;
  pi_query *insert =
      pi_ledger_statement(ledger, "INSERT INTO audit (sequence, at, actor, action, subject, link)\n"
                                  "VALUES (:sequence, :at, :actor, :action, :subject, :link)");
  pi_ledger_bind_number(insert, ":sequence", entry->sequence);
  pi_ledger_bind_number(insert, ":at", entry->at);
  pi_ledger_bind_text(insert, ":actor", entry->actor);
  pi_ledger_bind_text(insert, ":action", entry->action);
  pi_ledger_bind_text(insert, ":subject", entry->subject);
  pi_ledger_bind_text(insert, ":link", (pi_slice){entry->link, PI_LINK_BYTES});
  return pi_ledger_run(insert, error);
}

pubint_status pi_audit_each(pi_ledger *ledger, int64_t count, pi_audit_visit each, void *self,
                            pubint_error *error) {
  pi_query *rows = pi_ledger_statement(
      ledger, "SELECT * FROM (SELECT sequence, at, actor, action, subject, link FROM audit\n"
              "  ORDER BY sequence DESC LIMIT :count) ORDER BY sequence");
  pi_ledger_bind_number(rows, ":count", count);
  pubint_status status = PUBINT_OK;
  while (pi_ledger_next(rows, &status, error)) {
    pi_slice link = pi_ledger_text(rows, 5);
    pi_audit_entry entry = {.sequence = pi_ledger_number(rows, 0),
                            .at = pi_ledger_number(rows, 1),
                            .actor = pi_ledger_text(rows, 2),
                            .action = pi_ledger_text(rows, 3),
                            .subject = pi_ledger_text(rows, 4)};
    snprintf(entry.link, sizeof entry.link, "%.*s", (int)link.len, link.ptr != NULL ? link.ptr : "");
    status = each(self, &entry, error);
  }
  pi_ledger_reset(rows);
  return status;
}

bool pi_audit_expected_read(pi_slice text, pi_audit_expected *out) {
  enum { DIGITS_MAX = 18 };
  *out = (pi_audit_expected){0};
  size_t at = 0;
  while (at < text.len && at < DIGITS_MAX && text.ptr[at] >= '0' && text.ptr[at] <= '9') at++;
  if (at > 0 && at < text.len && text.ptr[at] == ':') {
    for (size_t i = 0; i < at; i++) out->sequence = out->sequence * 10 + (text.ptr[i] - '0');
    text = (pi_slice){text.ptr + at + 1, text.len - at - 1};
  }
  if (!is_link(text)) return false;
  memcpy(out->link, text.ptr, PI_LINK_BYTES);
  return true;
}
