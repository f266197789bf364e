/* pubint new: a market or a rule to begin with. */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "errors.h"
#include "nearest.h"
#include "scaffold.h"
#include "shell_word.h"
#include "translation.h"

typedef struct new_options {
  bool force;
} new_options;

static const pi_option OPTIONS[] = {
    {0, "force", PI_OPTION_FLAG, NULL, NULL, offsetof(new_options, force), "overwrite files that exist"},
};

static pi_exit refuse_arguments(const pi_command *self, const char *found) {
  pubint_error error;
  pi_error_setf(&error, PI_E_ARGUMENTS,
                found == NULL ? "what to make is missing" : "there is no such thing to make");
  snprintf(error.expected, sizeof error.expected, "pubint %s market ID, rule ID, locale LANG or editor",
           self->name);
  if (found == NULL) return pi_complain(&error);
  pi_error_found(&error, found, strlen(found));
  pi_nearest nearest;
  pi_nearest_init(&nearest, pi_slice_of(found));
  pi_nearest_offer(&nearest, PI_SLICE("market"));
  pi_nearest_offer(&nearest, PI_SLICE("rule"));
  pi_nearest_offer(&nearest, PI_SLICE("locale"));
  pi_nearest_offer(&nearest, PI_SLICE("editor"));
  if (nearest.best.ptr != NULL) snprintf(error.hint, sizeof error.hint, "did you mean %s?", nearest.best.ptr);
  return pi_complain(&error);
}

/* What comes next, in commands to copy: `path` is the example's. */
static void say_next(pi_page *page, pi_buffer *line, const char *named, const char *directory,
                     const char *path) {
  pi_buffer word;
  pi_buffer_init(&word, 8 * 1024);
  pi_shell_word_add(&word, directory);
  const char *policy = pi_buffer_end(&word);
  pi_buffer_reset(line);
  if (policy != NULL) {
    pi_buffer_printf(
        line,
        "Next: edit it, and name %s in each file of locales/. Then run `pubint test -p %s` and `pubint check -p %s`. "
        "`pubint eval -p %s ",
        named, policy, policy, policy);
  }
  pi_shell_word_add(line, path);
  pi_buffer_text(line, "` explains its example.");
  if (word.failed) line->failed = true;
  if (!line->failed) pi_page_wrap(page, 0, PI_STYLE_FAINT, (pi_slice){line->data, line->len});
  pi_buffer_dispose(&word);
}

static void say(const pi_call *call, const pubint_policy *policy, const pi_scaffold *scaffold,
                pi_scaffold_kind kind, const char *id) {
  char named[96] = "each factor (\"factor.ID\") and condition (\"condition.ID\") of yours";
  char path[PI_BESIDE_BYTES + sizeof scaffold->paths[0]];
  pi_page page;
  pi_buffer line;
  pi_buffer_init(&line, 32 * 1024);
  pi_command_page(call, &page);
  for (int i = 0; i < PI_SCAFFOLD_FILES; i++) {
    snprintf(path, sizeof path, "%s/%s", policy->directory.ptr, scaffold->paths[i]);
    pi_page_text(&page, PI_STYLE_PLAIN, PI_SLICE("wrote "));
    pi_page_text(&page, PI_STYLE_PLAIN, pi_slice_of(path));
    pi_page_end(&page);
  }
  if (kind == PI_SCAFFOLD_RULE)
    snprintf(named, sizeof named, "it (\"rule.%s\") and each factor of yours", id);
  if (kind != PI_SCAFFOLD_EDITOR) say_next(&page, &line, named, policy->directory.ptr, path);
  if (line.failed) call->out->failed = true;
  pi_page_dispose(&page);
  pi_buffer_dispose(&line);
}

/* ---- a locale ---- */

/* What a locale lacks, as it is listed. */
typedef struct lacking {
  pi_page *page;
  unsigned missing, english;
} lacking;

static void list_lacking(void *context, pi_slice name, bool missing) {
  lacking *self = context;
  *(missing ? &self->missing : &self->english) += 1;
  pi_page_to(self->page, 2);
  pi_page_text(self->page, PI_STYLE_PLAIN, name);
  pi_page_text(self->page, PI_STYLE_FAINT, missing ? PI_SLICE("  missing") : PI_SLICE("  still English"));
  pi_page_end(self->page);
}

/* Of a locale that is there already: what is left to translate. */
static void say_lacking(const pi_call *call, const pubint_policy *policy, const pi_policy_data *locale) {
  pi_page page;
  char text[200];
  lacking lacks = {.page = &page};
  pi_command_page(call, &page);
  pi_translation_compare(policy, locale, list_lacking, &lacks);
  snprintf(text, sizeof text, "locales/%.*s.json is there and was not changed: %u missing, %u still English",
           (int)locale->name.len, locale->name.ptr, lacks.missing, lacks.english);
  pi_page_wrap(&page, 0, PI_STYLE_FAINT, pi_slice_of(text));
  pi_page_dispose(&page);
}

static pi_exit make_locale(const pi_call *call, const pubint_policy *policy, const char *language) {
  const pi_policy_data *there = pi_translation_find(policy, pi_slice_of(language));
  if (there != NULL) {
    say_lacking(call, policy, there);
    return PI_EXIT_DONE;
  }
  pubint_error error = {0};
  pi_buffer path;
  pi_buffer_init(&path, 8192);
  pi_exit status = PI_EXIT_DONE;
  if (pi_translation_write(policy, language, &path, &error) != PUBINT_OK) {
    status = pi_complain(&error);
  } else {
    pi_page page;
    pi_command_page(call, &page);
    pi_page_text(&page, PI_STYLE_PLAIN, PI_SLICE("wrote "));
    pi_page_text(&page, PI_STYLE_PLAIN, (pi_slice){path.data, path.len});
    pi_page_end(&page);
    pi_page_wrap(
        &page, 0, PI_STYLE_FAINT,
        PI_SLICE("Next: translate each text; what stands in braces stays. The same command lists what "
                 "is still English."));
    pi_page_dispose(&page);
  }
  pi_buffer_dispose(&path);
  return status;
}

static pi_exit make_scripts(const pi_call *call, const pubint_policy *policy, pi_scaffold_kind kind,
                            const char *id, bool force) {
  pi_scaffold scaffold;
  pubint_error error = {0};
  if (pi_scaffold_write(&scaffold, policy, kind, id, force, &error) != PUBINT_OK) return pi_complain(&error);
  say(call, policy, &scaffold, kind, id);
  return PI_EXIT_DONE;
}

static pi_exit run(const pi_command *command, pi_call *call) {
  enum { LOCALE = PI_SCAFFOLD_EDITOR + 1 };
  new_options options = {false};
  pi_exit status;
  if (!pi_command_begin(command, call, &options, &status)) return status;
  const char *const *arguments = call->arguments.items;
  if (call->arguments.count < 1) return refuse_arguments(command, NULL);
  static const char *const KINDS[] = {[PI_SCAFFOLD_MARKET] = "market",
                                      [PI_SCAFFOLD_RULE] = "rule",
                                      [PI_SCAFFOLD_EDITOR] = "editor",
                                      [LOCALE] = "locale"};
  unsigned kind = 0;
  while (kind <= LOCALE && strcmp(arguments[0], KINDS[kind]) != 0) kind++;
  if (kind > LOCALE) return refuse_arguments(command, arguments[0]);
  size_t wanted = kind == PI_SCAFFOLD_EDITOR ? 1 : 2;
  if (call->arguments.count < wanted) return refuse_arguments(command, NULL);
  if (call->arguments.count > wanted) return refuse_arguments(command, arguments[1]);
  const char *id = wanted == 2 ? arguments[1] : "";
  if (!pi_command_policy_to_change(&call->common, command->name, &status)) return status;
  pubint_policy *policy = pi_command_policy(&call->common, &status);
  if (policy == NULL) return status;
  status = kind == LOCALE ? make_locale(call, policy, id)
                          : make_scripts(call, policy, (pi_scaffold_kind)kind, id, options.force);
  pubint_policy_free(policy);
  return status;
}

const pi_command pi_command_new = {
    .name = "new",
    .form = "KIND [ID]",
    .summary = "begin a market, a rule or a locale, or set up an editor",
    .about =
        "KIND is market, rule, locale or editor. `new market NL` and `new rule spam` write three files "
        "into the policy's folder: a script with comments, a test of it that passes, and an example case. "
        "If one of them exists, nothing is written. The policy is the one that -p or PUBINT_POLICY names, "
        "or the current folder if it holds a policy.json. It is never the default one.\n"
        "`new locale pt` writes locales/pt.json with every text of en.json, to be translated. If the file "
        "exists, it is not changed, and the command lists which texts are missing or still English.\n"
        "`new editor` writes what editors need to know about the names that scripts have: definitions and "
        "settings for the Lua language server, and a standard for luacheck.\n",
    .options = OPTIONS,
    .options_count = sizeof OPTIONS / sizeof OPTIONS[0],
    .arguments_max = 2,
    .run = run,
};
