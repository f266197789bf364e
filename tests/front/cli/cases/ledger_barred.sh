# What nobody makes a notice of until the facts are assessed anew (R003, R095), and what a notice needs that was not
# recommended (R003).
export PUBINT_LEDGER=ledger.db
DAY=1
at() { try pubint ledger "$@" --at "2024-01-0${DAY}T10:00:00Z"; }
quietly() { pubint ledger "$@" --at "2024-01-0${DAY}T10:00:00Z" >said 2>&1 || cat said; }
heard() { # ID POSITION
  for background in law news technology market; do
    quietly advise "$1" --by "adviser-$background" --team 'A team' --background "$background" --position "$2"
  done
  quietly inform "$1" --by secretary
}
case_of() { # ID EDIT…
  sed "s/\"id\": \"example-private-information\"/\"id\": \"$1\"/; $2" "$CASES/private_information.json" >"$1.json"
}

# A threat to publish data may have put it in the text.
case_of threat '/"kind": "posted"/,/^      \]/c "kind": "threat"'
at open threat.json
at recommend threat --by Ann notice --finding So --reason Why
quietly recommend threat remove --by Ann --reason 'Nobody has marked the number.'
heard threat notice
at decide threat --by Sen notice --finding So --reason Why
quietly decide threat remove --by Sen --reason 'It is not marked.'
DAY=2
case_of threat 's/"posted"/"threat"/'
at reopen threat threat.json --by Sen --reason 'Both are marked now.'
quietly recommend threat remove --by Ann --reason 'One threat too many.'
heard threat notice

# What was not recommended has no finding yet.
at decide threat --by Sen notice --reason 'The advice is of one mind.'
at decide threat --by Sen notice --reason 'The advice is of one mind.' --finding 'It shows how a member treats the count.'
finding() { pubint ledger show threat --json | grep -o '"action":"decide","at":"2024-01-02[^{}]*"finding":"[^"]*"'; }
try finding
try pubint ledger audit --verify
quietly reopen threat --by Sen --reason Again
quietly recommend threat notice --by Ann --finding So --reason Why
heard threat notice
at decide threat --by Sen notice --finding 'Or so'

# Somebody assessed that it is of no public concern.
case_of private 's/"public_concern": 0.9/"public_concern": 0/'
at open private.json
at recommend private --by Ann notice --finding So --reason Why
quietly recommend private remove --by Ann

# What was marked is quoted from nobody, on the page and in JSON.
quietly advise private --by Bob --team 'A team' --background law --position none \
  --note 'The clerk of 555-0142 asks for it; 12 Example Street is a home.'
try pubint ledger show private --at 2024-01-03T00:00:00Z
note() { pubint ledger show private --json | grep -o '"note":"[^"]*"'; }
try note
