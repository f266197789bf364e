# Nothing that a terminal obeys gets there from a case: control and bidirectional characters are shown as
# \u{XX}, on standard output and on standard error alike.
raw() { LC_ALL=C grep -c $'[\001-\011\013-\037\177]\|\302[\200-\237]\|\342\200[\216\217\250-\256]\|\342\201[\246-\251]\|\330\234' || :; }
cat >hostile.json <<'JSON'
{"id":"id\u202e\u009b31m","tweet":{"text":"\u001b[31mred\u001b[0m \u2066 \u0007\r\nsecond line\n\ttab \u2028 end","lang":"\u061c"},
 "account":{"username":"a\n  policy     trusted\u001b]0;title\u0007","verified":true,"followers_count":200000,
  "office":{"status":"candidate","branch":"executive","title":"\u200f\u007f"}},
 "violations":[{"rule":"abuse_harassment"}],"context":{"withheld_in":["NL"]}}
JSON
try pubint eval hostile.json
count() { pubint "$@" 2>&1 | raw; }
try count eval hostile.json
try count eval --locale nl hostile.json

# JSON is the evaluation's own bytes on a pipe, and escaped as JSON escapes on a terminal.
try count eval --json hostile.json
on_terminal() { script -qec "pubint $*" /dev/null </dev/null | tr -d '\r'; }
on_terminal_raw() { on_terminal "$@" | raw; }
try on_terminal_raw eval --json hostile.json
try on_terminal eval --json hostile.json

printf '{"id":"x","violations":[],"\\u001b[31m\\u202e":1}' >key.json
try pubint eval key.json
printf '{"id":"x","violations":[],"context":{"market":"\x1b[2J"}}' >control.json
try pubint eval control.json
try pubint eval "$(printf 'file\033[31m\nname')"
try pubint "$(printf 'com\033[31mmand')"
try pubint facts "$(printf '\342\200\256\033')"

# A text of 25,000 characters does not fill the screen.
{
  printf '{"id":"long","account":{"verified":true,"followers_count":200000,"office":{"status":"candidate","branch":"executive"}},'
  printf '"violations":[{"rule":"abuse_harassment"}],"tweet":{"text":"'
  head -c 25000 /dev/zero | tr '\0' 'x'
  printf '"}}'
} >long.json
lines() { pubint eval long.json | awk 'length > longest {longest = length} END {print NR " lines"}'; }
try lines
