/* The JSON Schema of what tuning found. */
#include "tune_report.h"

#define COUNT   "{\"type\": \"integer\", \"minimum\": 0}"
#define STRING  "{\"type\": \"string\"}"
#define PLACE   "\"script\": " STRING ", \"line\": " COUNT ", \"column\": " COUNT
#define PLACED  "\"script\", \"line\", \"column\""
#define SHARE   "{\"type\": [\"number\", \"null\"], \"minimum\": 0, \"maximum\": 1}"
#define NUMBER  "{\"type\": \"number\", \"minimum\": 0, \"maximum\": 100}"
#define OUTCOME "{\"enum\": [\"remove\", \"notice\", \"review\"]}"
#define PEOPLE  "\"agreed\": " COUNT ", \"agreement\": " SHARE ", \"precision\": " SHARE ", \"recall\": " SHARE
#define POINT                                                                                                \
  "\"value\": " NUMBER ", \"turn\": " COUNT ", \"changed\": " COUNT ", \"granted\": " COUNT                  \
  ", \"withdrawn\": " COUNT ", \"to_review\": " COUNT ", \"to_removal\": " COUNT ",\n        " PEOPLE
#define POINTED "\"value\", \"turn\", \"changed\", \"granted\", \"withdrawn\", \"to_review\", \"to_removal\""
#define CASE    "\"id\": " STRING ", \"file\": " STRING ", \"line\": " COUNT
#define CASED   "\"id\", \"file\", \"line\""
#define OBJECT(required, properties)                                                                         \
  "{\"type\": \"object\", \"additionalProperties\": false, \"required\": [" required "],\n      "            \
  "\"properties\": {" properties "}}"
#define NOTED(text) "{\"type\": \"integer\", \"minimum\": 0, \"description\": \"" text "\"}"
#define LIST(item)  "{\"type\": \"array\", \"items\": " item "}"

#define ENTRIES LIST(OBJECT("", "\"rule\": " STRING ", \"market\": " STRING ", \"factor\": " STRING))
#define CHANGE  PLACE ", \"from\": " NUMBER ", \"to\": " NUMBER ", \"agreed\": " COUNT
#define TURNED  CASE ", \"from\": " OUTCOME ", \"to\": " OUTCOME
#define AT                                                                                                   \
  OBJECT(POINTED ", \"cases\"",                                                                              \
         POINT ",\n        \"cases\": " LIST(OBJECT(CASED ", \"from\", \"to\"", TURNED)))

void pi_tune_schema(pi_buffer *out) {
  pi_buffer_text(out,
                 "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                 "  \"title\": \"What pubint tune --json prints\",\n"
                 "  \"type\": \"object\",\n  \"additionalProperties\": false,\n"
                 "  \"required\": [\"v\", \"policy\", \"cases\", \"refused\", \"weighed\", \"outcomes\", "
                 "\"not_counted\", \"numbers\", \"not_tunable\"],\n  \"properties\": {\n"
                 "    \"v\": {\"const\": 1},\n    \"policy\": " STRING ",\n    \"cases\": " COUNT
                 ",\n    \"refused\": " COUNT ",\n    \"weighed\": " COUNT ",\n"
                 "    \"outcomes\": " NOTED("How many can change.") ",\n    \"not_counted\": " NOTED(
                     "Cases in which more than weights follows from a number.") ",\n");
  pi_buffer_text(
      out,
      "    \"numbers\": " LIST(OBJECT(
          PLACED ", \"kind\", \"entries\", \"now\", \"least\", \"most\", \"outcomes\", \"turning\"", PLACE
          ", \"kind\": {\"enum\": [\"weight\", \"bar\"]},\n      \"entries\": " ENTRIES
          ",\n      \"now\": " NUMBER ", \"least\": " NUMBER ", \"most\": " NUMBER ", \"outcomes\": " COUNT
          ",\n      \"turning\": " LIST(OBJECT(POINTED, POINT)) ",\n      \"at\": " AT)) ",\n");
  pi_buffer_text(
      out,
      "    \"not_tunable\": " LIST(OBJECT(
          PLACED ", \"text\", \"why\"", PLACE
          ", \"text\": " STRING
          ", \"why\": " STRING)) ",\n"
                                 "    \"decisions\": " OBJECT(
                                     "\"decided\", \"without_case\", \"agreed\", \"agreement\", \"precision\", \"recall\"",
                                     "\"decided\": " COUNT ", \"without_case\": " COUNT ", " PEOPLE) ",\n");
  pi_buffer_text(out, "    \"suggestion\": " OBJECT(
                          "\"changes\", \"granted\", \"withdrawn\", \"newly_granted\"",
                          "\"changes\": " LIST(OBJECT(PLACED ", \"from\", \"to\", \"agreed\"",
                                                      CHANGE)) ",\n      \"granted\": " COUNT
                                                               ", \"withdrawn\": " COUNT
                                                               ",\n      \"newly_granted\": " LIST(
                                                                   OBJECT(CASED, CASE))) "\n  }\n}\n");
}
