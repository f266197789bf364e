# What the ledger does not take, and how it says so: a case that is not for people (R031, R032), every step out of
# its order (R039), who may not, what needs a reason, a command line that is wrong.
export PUBINT_LEDGER=ledger.db
at() { try pubint ledger "$@" --at "2024-01-0${DAY}T10:00:00Z"; }
DAY=1
for case in incomplete never_excepted one_follower_short; do at open "$CASES/$case.json"; done
at open "$CASES/one_follower_short.json" --json
at open "$CASES/notice.json" --by ' Ann'
try ls # no ledger was made for them
# Names that SQLite keeps to itself are files all the same: nothing is recorded and gone.
at open "$CASES/removed.json" --ledger :memory:
at list --ledger :memory:
at open "$CASES/removed.json" --ledger 'file:x?mode=memory'
try ls
ID=example-notice
steps() { # every step that is not open to the case now
  local step
  for step in "$@"; do
    case $step in
    open) at open "$CASES/notice.json" ;;
    recommend) at recommend $ID --by Zoe notice --finding So ;;
    advise) at advise $ID --by Zoe --team 'A team' --background news --position notice ;;
    inform) at inform $ID --by Zoe ;;
    decide) at decide $ID --by Zoe notice ;;
    reopen) at reopen $ID --by Zoe --reason Again ;;
    esac
  done
}
PUBINT_LEDGER=:memory: steps recommend advise inform decide reopen
at open "$CASES/notice.json"
steps open advise inform decide reopen
at recommend $ID --by Ann remove
# A notice says how the Tweet contributes to a matter of public concern (R003), a removal does not.
at recommend $ID --by Ann notice
at recommend $ID --by Ann remove --reason Why --finding So
at recommend $ID --by Ann notice --finding ' '
try pubint ledger recommend $ID --by Ann notice --finding So --at 2023-12-31T23:59:59Z
DAY=2
at recommend $ID --by Ann notice --finding So
steps open recommend inform decide reopen
# Whoever advises is of a team of the house (R045), and is not who recommended (A23).
at advise $ID --by Zoe --background news --position notice
at advise $ID --by ANN --team 'A team' --background news --position notice
for background in government technology news market; do
  at advise $ID --by "The one for $background" --team 'A team' --background $background --position notice
done
steps open recommend decide reopen
at advise $ID --by 'the one for news' --team 'A team' --background law --position remove
at inform $ID --by ANN
steps open recommend inform reopen
# What came after they were told they have yet to hear of (R039).
at advise $ID --by Yan --team 'A team' --background law --position remove
steps decide
at inform $ID --by Bob
at decide $ID --by ANN notice
at decide $ID --by 'the one for news' notice
at decide $ID --by Bob remove
at decide $ID --by Bob notice
steps open recommend advise inform decide
at reopen $ID --by Bob
at reopen $ID "$CASES/removed.json" --by Bob --reason Again

# A market speaks through its teams, and nobody who was consulted on the policy speaks for it (R045).
at open "$CASES/market_nl.json"
at recommend example-market-nl --by Ann notice --finding So
at advise example-market-nl --by 'Public Policy Netherlands' --background market --position notice
at advise example-market-nl --by Jan --team 'civil society (press freedom)' --background market --position notice
at advise example-market-nl --by Jan --team 'Public Policy Netherland' --background market --position notice

# The longest name there can be is shown within 100 columns.
LONGEST=$(printf 'Wilhelmina-%.0s' {1..11})Wilhel
at recommend example-removed --by "$LONGEST" remove --ledger :memory:
try pubint ledger show example-removed --ledger :memory: --at 2024-01-03T00:00:00Z

# The command line.
try pubint ledger
try pubint ledger opne
try pubint ledger recommend
try pubint ledger recommend $ID
try pubint ledger recommend $ID --by Ann
try pubint ledger recommend $ID --by Ann notic
try pubint ledger recommend $ID --by ' Ann' notice
try pubint ledger recommend $ID --by Ann notice --at yesterday
try pubint ledger advise $ID --by Ann
try pubint ledger advise $ID --by Ann --background external --position notice
try pubint ledger advise $ID --by Ann --background law --position none
try pubint ledger inform
try pubint ledger inform $ID
try pubint ledger show nobody
try pubint ledger list --ledger other.db
echo text, text, text, text, text >text.db
try pubint ledger list --ledger text.db
try env -u PUBINT_LEDGER pubint ledger list
try pubint help ledger
try pubint help ledger recommend
try pubint help ledger advise
try pubint help ledger inform
try pubint help ledger decide
try pubint help ledger opn

# Options stand where one likes.
try pubint -p "$PUBINT_POLICY" ledger --ledger other.db open "$CASES/notice.json" --at 2024-01-01T10:00:00Z --json
try pubint --color never ledger --at 2024-01-02T00:00:00Z next --ledger=other.db --count 1
try pubint ledger --help open
# A correction comes after its record, whatever time somebody says it is.
export PUBINT_LEDGER=order.db
pubint ledger open "$CASES/notice.json" --at 2021-02-02T12:00:00Z >/dev/null
try pubint ledger correct example-notice --by Ann --note "just a note" --at 1990-01-01T00:00:00Z
try pubint ledger correct example-notice --by Ann --note "just a note" --at 2021-02-03T12:00:00Z
