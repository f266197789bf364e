# Two policies over generated cases, in every form, and what is refused. Revisions of git: tests/insight/diff.
cp -r "$PUBINT_POLICY" new
sed -i 's/bar = 7/bar = 4/' new/rules/election_integrity.lua
pubint sample -n 600 --eligible >cases.jsonl
grep -m 2 election_integrity cases.jsonl >few.jsonl
echo '{"id":"no","violation":[]}' >>few.jsonl
echo >>few.jsonl
ln -s "$PUBINT_POLICY" old

try pubint diff old new cases.jsonl
try pubint diff new old cases.jsonl --samples 1 --near 2.25
try pubint diff old old cases.jsonl --max-flips 0 --max-grants 0
try pubint diff old new cases.jsonl --jsonl --max-flips 3 --max-grants 3
try pubint diff old new cases.jsonl --max-grants 1000 --markdown --samples 1
try pubint diff old new few.jsonl --json
cat few.jsonl few.jsonl >"odd 'name'.jsonl"
try pubint diff old new few.jsonl "odd 'name'.jsonl"
try pubint diff old new - <few.jsonl
true | try pubint diff old new

# What every rule's factor, an error and a lost script look like.
rm -rf other && cp -r "$PUBINT_POLICY" other
sed -i 's/context.office_relevance, 2)/context.office_relevance, 3.5)/' other/lib/common.lua
rm other/rules/violence.lua other/markets/IN.lua
try pubint diff old other cases.jsonl --samples 1

# Whatever else of a policy differs is named: data, its own description, what it holds or lacks.
rm -rf third && cp -r "$PUBINT_POLICY" third
sed -i 's/"version": *"[^"]*"/"version": "2.0.1"/' third/policy.json && echo '{"a": 1}' >third/data/more.json
head -n 2 few.jsonl >two.jsonl
try pubint diff old third two.jsonl
try pubint diff third old two.jsonl --json
third_weights() { pubint diff old other cases.jsonl --json | grep -oE '"weights":\[[^]]*' | cut -c1-330; }
try third_weights

try pubint diff
try pubint diff old
try pubint diff old absent cases.jsonl
try pubint diff old new absent.jsonl
try pubint diff old new cases.jsonl -p old
try pubint diff old new cases.jsonl --json --jsonl
try pubint diff old new cases.jsonl -j 0
try pubint diff old new cases.jsonl --samples 21
try pubint diff old new cases.jsonl --near=-1
try pubint diff old new cases.jsonl --near 0.0000000001
try pubint diff old git:main cases.jsonl
try pubint diff old git:--help:scripts cases.jsonl
