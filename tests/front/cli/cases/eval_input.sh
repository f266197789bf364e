# Where a case comes from: a file, standard input, one of several lines by number or id.
case_of() { printf '{"id":"%s","violations":[]}' "$1"; }
outcome() { pubint eval --json "$@" | cut -c -60; }
{ case_of a; echo; case_of 7; echo; case_of b; echo; case_of b; } >lines.jsonl
case_of only >only.json
printf '\n\n  %s  \r\n\n' "$(case_of blanks)" >blanks.json

try outcome only.json
try outcome - <only.json
try outcome <only.json
try outcome blanks.json
try outcome lines.jsonl --case 1
try outcome lines.jsonl --case 4
try outcome lines.jsonl --case b
try outcome lines.jsonl --case 7
try outcome --case=2 - <lines.jsonl

try pubint eval lines.jsonl
try pubint eval --case 5 lines.jsonl
try pubint eval --case c lines.jsonl
try pubint eval --case 12345678901234567890 lines.jsonl
try pubint eval missing.json
try pubint eval .
try pubint eval </dev/null
try pubint eval --flip --json only.json
