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

# What follows a value is told with its place, as batch tells it; a second value on a later line is a second case.
printf '{"id":"a","tweet":{"text":"x"}},"violations":[]}\n' > brace.json
printf '{\n  "id": "a"\n  },\n  "violations": []\n}\n' > brace_pretty.json
printf '{"id":"a","violations":[]}{"id":"b","violations":[]}\n' > one_line.json
for file in brace brace_pretty one_line; do try pubint eval $file.json; done
printf '{\n"id":"a"}\n' > pretty.json
try sh -c 'pubint batch pretty.json 2> /dev/null'
try pubint stats pretty.json
try pubint agreement pretty.json pretty.json

# A file that is packed is named as such by its first bytes, or, by gzip and zstd, read; an empty name is seen.
printf '\037\213\010' > a.gz
printf '\050\265\057\375' > a.zst
printf '\3757zXZ\0' > a.xz
printf 'BZh91AY' > a.bz2
printf 'PK\003\004' > a.zip
printf '7z\274\257\047\034' > a.7z
printf '\004\042\115\030' > a.lz4
for file in a.gz a.zst a.xz a.bz2 a.zip a.7z a.lz4; do
  try pubint eval $file
  try pubint batch $file
done
try pubint eval ""
try pubint eval --locale ""
try pubint batch ""
# A text is no tar, wherever it says so, and blanks behind a case are bounded, though packed they take no room.
tar_words() { sed "s/If parliament[^\"]*/$(printf 'ustar%.0s' $(seq 60))/" "$CASES/notice.json" | pubint eval - | head -n 1; }
try tar_words
blanks_behind() { { cat "$CASES/notice.json" && head -c "$1" /dev/zero | tr '\0' ' '; } | gzip | pubint eval - | head -n 1; }
try blanks_behind 3000000
try blanks_behind 30000000
