# Wrong use of bench; its figures are of no transcript, but their names are.
try pubint bench -n 0
try pubint bench -n 200001
try pubint bench -n few
try pubint bench absent.jsonl
try pubint bench one.jsonl two.jsonl
try pubint bench -p absent
names() { pubint bench "$@" --pretty | sed -E 's/: [0-9]+(,?)$/: N\1/' | sed -n '1,26p'; }
echo '{"id":"no"}' >none.jsonl
try names none.jsonl
headings() { pubint bench "$@" | sed -E '1d; s/[0-9][0-9,.]*/N/g; s/ +/ /g'; }
try headings -n 100
