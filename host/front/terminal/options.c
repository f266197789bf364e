#include "options.h"

#include <stdio.h>
#include <string.h>

#include "errors.h"
#include "nearest.h"
#include "words.h"

/* One run over argv. */
typedef struct reader {
  const pi_option_set *sets;
  size_t sets_count;
  int argc;
  char *const *argv;
  int at; /* the word being read */
  pubint_error *error;
} reader;

/* Where an option was found, and the struct that takes its value. */
typedef struct match {
  const pi_option *option; /* NULL: none */
  char *values;
} match;

static match find_long(const reader *self, const char *name, size_t length) {
  for (size_t i = 0; i < self->sets_count; i++) {
    for (size_t j = 0; j < self->sets[i].count; j++) {
      const pi_option *option = &self->sets[i].options[j];
      if (strlen(option->long_name) == length && memcmp(option->long_name, name, length) == 0) {
        return (match){option, self->sets[i].values};
      }
    }
  }
  return (match){NULL, NULL};
}

static match find_short(const reader *self, char name) {
  for (size_t i = 0; i < self->sets_count; i++) {
    for (size_t j = 0; j < self->sets[i].count; j++) {
      const pi_option *option = &self->sets[i].options[j];
      if (option->short_name == name && name != '\0') return (match){option, self->sets[i].values};
    }
  }
  return (match){NULL, NULL};
}

static pubint_status refuse_unknown(const reader *self, const char *word, const char *name, size_t length) {
  pubint_status status = pi_error_set(self->error, PI_E_UNKNOWN_OPTION);
  if (self->error == NULL) return status;
  pi_error_found(self->error, word, strlen(word));
  if (length <= 1) return status;
  pi_nearest nearest;
  pi_nearest_init(&nearest, (pi_slice){name, length});
  for (size_t i = 0; i < self->sets_count; i++) {
    for (size_t j = 0; j < self->sets[i].count; j++) {
      pi_nearest_offer(&nearest, pi_slice_of(self->sets[i].options[j].long_name));
    }
  }
  if (nearest.best.ptr != NULL) {
    snprintf(self->error->hint, sizeof self->error->hint, "did you mean --%.*s?", (int)nearest.best.len,
             nearest.best.ptr);
  }
  return status;
}

static pubint_status refuse_value(const reader *self, const pi_option *option, const char *found,
                                  const char *expected) {
  pubint_status status =
      pi_error_setf(self->error, PI_E_OPTION_VALUE, "the value of --%s is not right", option->long_name);
  if (self->error == NULL) return status;
  if (found != NULL) pi_error_found(self->error, found, strlen(found));
  pi_error_field(self->error->expected, sizeof self->error->expected, expected, strlen(expected));
  return status;
}

/* What an option's value may be: "one of auto, always, never", or what help calls it. */
static void describe_value(const pi_option *option, char *out, size_t size) {
  if (option->choices == NULL) {
    (void)snprintf(out, size, "%s", option->value);
    return;
  }
  int length = snprintf(out, size, "one of ");
  pi_words_say(option->choices, ", ", out + length, size - (size_t)length);
}

const char *pi_options_help(const pi_option *option, char room[PI_OPTIONS_HELP_BYTES]) {
  if (option->help != NULL) return option->help;
  pi_words_say(option->choices, " or ", room, PI_OPTIONS_HELP_BYTES);
  return room;
}

static pubint_status take_choice(const reader *self, const pi_option *option, const char *value,
                                 unsigned *out) {
  pi_nearest nearest;
  pi_nearest_init(&nearest, pi_slice_of(value));
  for (unsigned i = 0; option->choices[i] != NULL; i++) {
    if (strcmp(option->choices[i], value) == 0) {
      *out = i;
      return PUBINT_OK;
    }
    pi_nearest_offer(&nearest, pi_slice_of(option->choices[i]));
  }
  char expected[128];
  describe_value(option, expected, sizeof expected);
  pubint_status status = refuse_value(self, option, value, expected);
  if (self->error != NULL && nearest.best.ptr != NULL) {
    snprintf(self->error->hint, sizeof self->error->hint, "did you mean %.*s?", (int)nearest.best.len,
             nearest.best.ptr);
  }
  return status;
}

static pubint_status take_count(const reader *self, const pi_option *option, const char *value,
                                uint64_t *out) {
  enum { DIGITS_MAX = 18 };
  size_t length = strlen(value);
  uint64_t count = 0;
  bool right = length > 0 && length <= DIGITS_MAX;
  for (size_t i = 0; right && i < length; i++) {
    right = value[i] >= '0' && value[i] <= '9';
    count = count * 10 + (uint64_t)(value[i] - '0');
  }
  if (!right) return refuse_value(self, option, value, "a whole number");
  *out = count;
  return PUBINT_OK;
}

/* Puts the value of an option, or of a flag that is given, where it belongs. */
static pubint_status take(const reader *self, match found, const char *value) {
  char *field = found.values + found.option->offset;
  switch (found.option->kind) {
  case PI_OPTION_FLAG: {
    bool given = true;
    memcpy(field, &given, sizeof given);
    return PUBINT_OK;
  }
  case PI_OPTION_TEXT: memcpy(field, &value, sizeof value); return PUBINT_OK;
  case PI_OPTION_LIST: {
    pi_option_list *list = (void *)field;
    if (list->count == PI_OPTION_LIST_MAX) return refuse_value(self, found.option, value, "no more of them");
    list->items[list->count++] = value;
    return PUBINT_OK;
  }
  case PI_OPTION_COUNT: {
    uint64_t count = 0;
    pubint_status status = take_count(self, found.option, value, &count);
    if (status == PUBINT_OK) memcpy(field, &count, sizeof count);
    return status;
  }
  case PI_OPTION_CHOICE: break;
  }
  unsigned choice = 0;
  pubint_status status = take_choice(self, found.option, value, &choice);
  if (status == PUBINT_OK) memcpy(field, &choice, sizeof choice);
  return status;
}

/* With the value that follows in the next word. */
static pubint_status take_next(reader *self, match found) {
  if (self->at + 1 < self->argc) return take(self, found, self->argv[++self->at]);
  char expected[128];
  describe_value(found.option, expected, sizeof expected);
  pubint_status refused = refuse_value(self, found.option, NULL, expected);
  if (self->error != NULL) {
    snprintf(self->error->message, sizeof self->error->message, "--%s needs a value",
             found.option->long_name);
  }
  return refused;
}

static pubint_status read_long(reader *self, const char *word) {
  const char *name = word + 2;
  const char *equals = strchr(name, '=');
  size_t length = equals != NULL ? (size_t)(equals - name) : strlen(name);
  match found = find_long(self, name, length);
  if (found.option == NULL) return refuse_unknown(self, word, name, length);
  const char *value = equals != NULL ? equals + 1 : NULL;
  if (found.option->kind == PI_OPTION_FLAG) {
    if (value == NULL) return take(self, found, NULL);
    return refuse_value(self, found.option, value, "no value: it is a flag");
  }
  return value != NULL ? take(self, found, value) : take_next(self, found);
}

/* -h, -hx, -p DIR, -pDIR */
static pubint_status read_short(reader *self, const char *word) {
  for (const char *letter = word + 1; *letter != '\0'; letter++) {
    match found = find_short(self, *letter);
    if (found.option == NULL) return refuse_unknown(self, word, letter, 1);
    if (found.option->kind == PI_OPTION_FLAG) {
      take(self, found, NULL);
      continue;
    }
    return letter[1] != '\0' ? take(self, found, letter + 1) : take_next(self, found);
  }
  return PUBINT_OK;
}

pubint_status pi_options_parse(const pi_option_set *sets, size_t sets_count, int argc, char *const *argv,
                               pi_arguments *out, pubint_error *error) {
  reader self = {.sets = sets, .sets_count = sets_count, .argc = argc, .argv = argv, .error = error};
  out->count = 0;
  bool options = true;
  for (; self.at < argc; self.at++) {
    const char *word = argv[self.at];
    if (options && strcmp(word, "--") == 0) {
      options = false;
      continue;
    }
    if (!options || word[0] != '-' || word[1] == '\0') {
      out->items[out->count++] = word;
      continue;
    }
    pubint_status status = word[1] == '-' ? read_long(&self, word) : read_short(&self, word);
    if (status != PUBINT_OK) return status;
  }
  return PUBINT_OK;
}
