# What the ledger owes to others: the notice, precedents, exports and counts, and what of it is refused.
export PUBINT_LEDGER=$PWD/ledger

# Takes a case through its steps without showing it: FILE ID POSITION.
settle() {
  pubint ledger open "$1" --at 2021-01-04T10:00:00Z
  local background finding=()
  [ "$3" = remove ] || finding=(--finding 'what Example Street said on 555-0142')
  pubint ledger recommend "$2" "$3" --by trust-safety --reason 'as said by 555-0142' "${finding[@]}" \
    --at 2021-01-04T11:00:00Z
  for background in law news technology market; do
    pubint ledger advise "$2" --by "adviser-$background" --team 'Team 555' --background "$background" --position "$3" \
      --at 2021-01-04T12:00:00Z
  done
  pubint ledger inform "$2" --by 'secretary 555' --at 2021-01-04T13:00:00Z
  pubint ledger decide "$2" "$3" --by senior --reason 'home: 12 Example Street' --at 2021-01-05T10:00:00Z
}

# R095, A10: people see the text without the private data, in every form (R006, R010, R020).
sed 's/"market": "US",/"market": "US", "withheld_in": ["DE", "US"],/' "$CASES/private_information.json" >private.json
settle private.json example-private-information notice >said 2>&1 || cat said
try pubint ledger notice example-private-information
try pubint ledger notice example-private-information -l nl --json

# A notice speaks the language of the Tweet, whatever its region and capitals: the market US has no script.
languages() {
  local lang
  for lang in nl-NL NL nl_BE en-GB frr-x und; do
    sed 's/"id": "example-private-information"/"id": "'"$lang"'"/; s/"lang": "en"/"lang": "'"$lang"'"/' private.json >lang.json
    PUBINT_LEDGER=$PWD/languages settle lang.json "$lang" notice >said 2>&1 || cat said
    PUBINT_LEDGER=$PWD/languages pubint ledger notice "$lang" | sed -n "1s/^/$lang:/p"
  done
}
try languages

# Neither stands in what is exported: one statement on the notice, one on the withholding in Germany.
leaks() { pubint ledger export "$@" | grep -ciE '555|Example Street|member_example|Representative|1500000000000000007'; }
try leaks dsa
try leaks csv
pubint ledger export dsa >statements.jsonl
try grep -o '"territorial_scope":[^]]*]' statements.jsonl
try grep -oE '"decision_facts":"[^"]*"' statements.jsonl

# A notice is shown only where one stands.
try pubint ledger notice
try pubint ledger notice absent
try pubint ledger notice example-private-information --lang fr
try pubint ledger notice example-private-information --lang ln
pubint ledger open "$CASES/notice.json" --at 2021-01-06T10:00:00Z >said
try pubint ledger notice example-notice
settle "$CASES/removed.json" example-removed remove >said 2>&1 || cat said
try pubint ledger notice example-removed

# Precedents, of a case in the ledger and of one that is not.
try pubint ledger precedents example-removed
sed 's/"id": "example-private-information"/"id": "another"/; s/"public_debate": 1/"public_debate": 0.5/' private.json >another.json
try pubint ledger precedents another.json
try pubint ledger precedents another.json --json -n 1
try pubint ledger precedents - <another.json
try pubint ledger precedents
try pubint ledger precedents absent
try pubint ledger precedents "$CASES/one_follower_short.json"
try pubint ledger precedents example-removed -n 0
try pubint ledger precedents example-removed -n 101

# Counts; under 5 they are withheld (R059).
try pubint ledger transparency
try pubint ledger transparency --year 2021 --json
try pubint ledger transparency --year 2021 --csv --all-counts
try pubint ledger transparency --year 2020 --json --all-counts
# Times that do not exist are not withheld; of a year in which counts are, it is not told that there are none.
times() { pubint ledger transparency --year 2020 "$@" | sed -n '/^Time/,$p'; }
try times --all-counts
try times
try pubint ledger transparency --year 1999

# Exports.
try pubint ledger export
try pubint ledger export das
try pubint ledger export csv --since 2021-01-01
try pubint ledger export csv --batch
try pubint ledger export dsa --all-counts
try pubint ledger export dsa --since 2021-02-30
try pubint ledger export dsa --since 2021-01-01 --year 2021
count() { pubint ledger export "$@" | wc -l; }
try count dsa
try count dsa --batch
try count dsa --since 2021-01-05T10:00:00Z --until 2021-01-06
try count dsa --until 2021-01-05
try pubint ledger export dsa --since 2021-01-06 --until 2021-01-05
try count dsa --year 2020
try count jsonl
try count jsonl --year 2021

# A Tweet without a date cannot be reported; the others are.
sed 's/"id": "example-private-information"/"id": "dateless"/; /"created_at"/d; s/"lang": "en",/"lang": "en"/' private.json >dateless.json
settle dateless.json dateless notice >said 2>&1 || cat said
pubint ledger export dsa >statements.jsonl 2>complaint || try echo "exit $?"
try cat complaint
try count dsa

# A ledger in which nothing is decided.
PUBINT_LEDGER=$PWD/new
pubint ledger open "$CASES/notice.json" --at 2021-01-06T10:00:00Z >said
try pubint ledger transparency
try pubint ledger transparency --json
try pubint ledger export csv
try pubint ledger export dsa
try pubint ledger precedents example-notice

try pubint help ledger precedents
try pubint help ledger notice
try pubint help ledger export
try pubint help ledger transparency
