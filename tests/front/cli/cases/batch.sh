# Wrong use of batch, and its results as data. What a summary says of time is of no transcript.
cat "$CASES"/notice.json "$CASES"/never_excepted.json | tr -d '\n' | sed 's/}{/}\n{/g' >two.jsonl
{ cat two.jsonl; echo; echo '{"id":"no","violation":[]}'; } >three.jsonl

try pubint batch --thread 2 two.jsonl
try pubint batch -j
try pubint batch -j 0 two.jsonl
try pubint batch -j 257 two.jsonl
try pubint batch -j two two.jsonl
try pubint batch --checkpoint 0 two.jsonl -o out.jsonl
try pubint batch --strict=yes two.jsonl
try pubint batch two.jsonl --resume --force -o out.jsonl
try pubint batch two.jsonl --resume
try pubint batch --resume -o out.jsonl
try pubint batch absent.jsonl
try pubint batch two.jsonl .
try pubint batch two.jsonl -o two.jsonl --force
try pubint batch -p absent two.jsonl
try pubint batch two.jsonl -o out.jsonl --json
try pubint batch two.jsonl -o out.jsonl --json
try pubint batch two.jsonl -o out.jsonl --json --resume
try pubint batch three.jsonl -o out.jsonl --json --resume
try pubint batch three.jsonl -o three.out --json
# What the policy's digest makes differ: the output's digest, and its size where a version has more digits.
manifest() { sed -E -e 's/("out":\{"bytes":)[0-9]+/\1N/g' -e '/^("out"|"checkpoints")/s/"[0-9a-f]{32}"/"DIGEST"/g' -e 's/"sha256":"[0-9a-f]{64}"/"sha256":"DIGEST"/' "$1"; }
try manifest three.out.manifest.json
try pubint batch three.jsonl -o strict.out --json --strict
# The summary names the policy.
summary() { pubint batch two.jsonl -o "$@" 2>&1 | grep -v ' s, '; }
try summary named.out
try summary named.out --resume
