# One letter must not turn a rule that is never excepted (R072) into one that people may except (A14).
export PUBINT_LEDGER=ledger.db
case_of() { sed "s/\"rule\": *\"[a-z_]*\"/\"rule\": \"$1\"/; s/, *\"kind\": *\"[a-z_]*\"//; s/\"id\": \"example-notice\"/\"id\": \"$1\"/" "$CASES/notice.json" >"$1.json"; }
for rule in terorism terrorist sexual_violance copywrite terrorisme_x child_exploitation platform_manipulation; do
  case_of $rule
  try pubint ledger open $rule.json --at 2024-01-01T10:00:00Z
done
try pubint ledger open terorism.json --at 2024-01-01T10:00:00Z --json
try pubint ledger open terorism.json --at 2024-01-01T10:00:00Z --rule-as-written
try pubint ledger recommend terorism --by Ann remove --reason 'It is terrorism.' --at 2024-01-01T11:00:00Z
try pubint ledger recommend platform_manipulation --by Ann remove --reason 'So.' --at 2024-01-01T11:00:00Z --json
# A decided case is reopened with the id put right, and then it can only be removed.
for background in law news technology market; do
  pubint ledger advise platform_manipulation --by "adviser-$background" --team T --background $background --position remove \
    --at 2024-01-01T12:00:00Z >>said
done
pubint ledger inform platform_manipulation --by Bob --at 2024-01-01T13:00:00Z >>said
try pubint ledger decide platform_manipulation --by Finn remove --at 2024-01-02T10:00:00Z
sed 's/"id": "terorism"/"id": "platform_manipulation"/' terorism.json >again.json
try pubint ledger reopen platform_manipulation again.json --by Finn --reason Again --at 2024-01-03T10:00:00Z
sed -i 's/terorism/terrorism/' again.json
try pubint ledger reopen platform_manipulation again.json --by Finn --reason Again --at 2024-01-03T10:00:00Z
try pubint ledger recommend platform_manipulation --by Ann notice --finding So --at 2024-01-03T11:00:00Z
# A rule with a script is no slip, whatever it is called.
cp -r "$PUBINT_POLICY" own && sed 's/"abuse_harassment"/"copyrights"/' own/rules/abuse_harassment.lua >own/rules/copyrights.lua
case_of copyrights
try pubint ledger open copyrights.json --at 2024-01-01T10:00:00Z
try pubint ledger open copyrights.json --at 2024-01-01T10:00:00Z -p own
