# What is refused is told without a word of it, for logs: every command, in text and JSON; code and place stay.
cat >secret.jsonl <<'END'
{"id":"1","violations":"s3cret words"}
{"id":"2","violations":[],"s3cret words":{"x":1}}
{"id":"3","violations":[],"context":{"signals":{"the s3cret":{"x":1,"x":2}}}}
{"id":"4","violations":[],"context":{"market":"s3cret"}}
{"id":"5","violations":[],"tweet":{"text":"s3cret","language":"s3cret words"}}
{"id":"6" s3cret
END
batch() { pubint batch "$@" 2>summary; }
try batch secret.jsonl
try batch --no-excerpts secret.jsonl

head -n 1 secret.jsonl >one
sed -n 2p secret.jsonl >two
try pubint eval one
try pubint eval --no-excerpts one
try pubint eval --no-excerpts --json two
echo '{"data":{"id":"1","text":["s3cret"],"s3cret words":1}}' >payload.json
echo 'tweet_id,rule' >violations.csv
try pubint import twitter payload.json --violations violations.csv
try pubint import twitter payload.json --violations violations.csv --no-excerpts
try pubint import twitter payload.json --violations violations.csv --no-excerpts --json -o imported.jsonl

# The record is compared as it was written, with the same option or without.
batch --no-excerpts secret.jsonl >record
try pubint verify secret.jsonl record --no-excerpts
try pubint verify secret.jsonl record
batch secret.jsonl >record
try pubint verify secret.jsonl record --no-excerpts

# No command tells any of it.
told() {
  while read -r line; do
    printf '%s\n' "$line" >one
    for command in "eval one" "eval one --json" "ledger open one --ledger no.db --by me" "ledger precedents one --ledger no.db" \
      "test --coverage-by one" "stats one" "stats one --json" "agreement one one" "tune one" "tune one --decisions one" \
      "verify one one" "verify one one --json" "import twitter one" "import twitter one --json" \
      "import twitter one --violations one" "import twitter one --violations violations.csv" "import twitter payload.json --json --violations violations.csv" "diff old old one" "batch one" "repl one"; do
      pubint $command --no-excerpts </dev/null 2>&1 | grep -i s3cret | sed "s/^/$command: /"
    done
  done <secret.jsonl
}
ln -s "$PUBINT_POLICY" old
try told
