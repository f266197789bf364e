# Refused input: exit 3, with code, place, what was found, what was expected and the nearest name.
refuse() { printf '%s' "$1" >case.json; try pubint eval case.json; }
refuse '{"id":"x","violations":[],"context":{"public_debate":"hihg"}}'
refuse '{"id":"x","violations":[],"contxt":{}}'
refuse '{"id":"x"}'
refuse '{"id":"x","violations":[],"account":{"followers_count":1e5}}'
refuse '{"id":"x","violations":[],"id":"y"}'
refuse '{"id":"x","violations":['
refuse '{"id":"x","violations":[]} trailing'
refuse '[]'
refuse '   '
refuse $'{"id":"x","violations":[],\n "tweet":{"created_at":"2021-02-30T00:00:00Z"}}'

# In a file of lines the line's own number counts, and the other lines do not.
printf '%s\n' 'not json' '{"id":"b","violations":[]}' '{"id":"c","violations":0}' >lines.jsonl
try pubint eval --case 3 lines.jsonl
try pubint eval --case 1 lines.jsonl
try pubint eval --case b lines.jsonl --json

# With --json the refusal stands on standard output as well, as it would in a batch.
try pubint eval --json case.json

# A file that is one long line, and one that a missing bracket makes a single value.
long() { head -c "$1" /dev/zero | tr '\0' ' '; }
{ printf '{"id":"x",'; long 1048600; printf '"violations":[]}'; } >long.json
try pubint eval long.json
{ printf '{"id":"x","violations":[]'; long 1048600; } >open.json
try pubint eval open.json
{ printf '{"id":"x","violations":7,'; long 1048600; } >wrong.json
try pubint eval wrong.json
{ printf '{"id":"x","violations":[]}'; long 3000000; } >blanks.json
try pubint eval --json blanks.json
