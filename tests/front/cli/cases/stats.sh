# What evaluations hold, for people, as JSON and as CSV.
{ pubint sample -n 300 -s 5; echo '{"id":"no","violation":[]}'; } >cases.jsonl
pubint batch cases.jsonl -o out.jsonl 2>batch.err

try pubint stats out.jsonl
try pubint stats --cases cases.jsonl out.jsonl
head -n 3 out.jsonl >few.jsonl
try pubint stats --pretty few.jsonl
try pubint stats --csv few.jsonl
try pubint stats few.jsonl few.jsonl --csv
: >empty.jsonl
try pubint stats empty.jsonl

# What is no evaluation, or not of these cases.
try pubint stats cases.jsonl
echo '{"v":1,"id":"c","outcome":"notise"}' >bad.jsonl
try pubint stats out.jsonl bad.jsonl
sed '1,/"outcome":"remove","basis":"weighed"/s/"outcome":"remove","basis":"weighed"/"outcome":"notice","basis":"weighed"/' out.jsonl >bad.jsonl
try pubint stats bad.jsonl
sed 1d cases.jsonl >other.jsonl
try pubint stats --cases other.jsonl out.jsonl
try pubint stats --cases cases.jsonl few.jsonl
head -n 2 cases.jsonl >other.jsonl
try pubint stats --cases other.jsonl few.jsonl
cp -r "$PUBINT_POLICY" policy && sed -i 's/bar *= *3/bar = 4/' policy/rules/violence.lua
try pubint stats -p policy --cases cases.jsonl out.jsonl
try pubint stats --json --csv out.jsonl
try pubint stats absent.jsonl
