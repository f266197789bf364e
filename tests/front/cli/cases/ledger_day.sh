# A case through the four steps and once more (R030–R041), and what the record of it looks like.
export PUBINT_LEDGER=ledger.db
C=$CASES/market_nl.json ID=example-market-nl
try pubint ledger show $ID
try pubint ledger open "$C" --at 2024-01-01T10:00:00Z
FINDING='It tells voters what their government plans.'
try pubint ledger recommend $ID --by Ann notice --finding "$FINDING" --at 2024-01-01T12:30:00+01:00
try pubint ledger advise $ID --by Bea --team 'Human Rights' --background human_rights --position notice --at 2024-01-01T13:00:00Z
try pubint ledger advise $ID --by Cas --team Legal --background law --position remove --note 'The words name a place.' --at 2024-01-01T13:10:00Z
try pubint ledger next --at 2024-01-02T00:00:00Z
try pubint ledger advise $ID --by Dirk --team 'News Partnerships' --background journalism --position none --note 'Seen in two papers.' --at 2024-01-01T13:20:00Z
try pubint ledger advise $ID --by Eva --background market --team 'Public Policy Netherlands' --position notice --at 2024-01-02T09:00:00Z
try pubint ledger next --at 2024-01-02T12:00:00Z
try pubint ledger inform $ID --by Gus --at 2024-01-02T13:00:00Z
try pubint ledger next --json --at 2024-01-02T14:00:00Z
try pubint ledger decide $ID --by Finn notice --at 2024-01-02T15:00:00Z
try pubint ledger reopen $ID --by Finn --reason 'It was followed by threats.' --at 2024-02-01T15:00:00Z
try pubint ledger recommend $ID --by Ann remove --reason 'The threats answer this Tweet.' --at 2024-02-01T16:00:00Z --json
try pubint ledger show $ID --at 2024-02-03T00:00:00Z
try pubint ledger list --at 2024-02-03T00:00:00Z
try pubint ledger list --json --at 2024-02-03T00:00:00Z
try pubint ledger list --state decided
show() { pubint ledger show $ID --json | grep -oE '"(finding|informed|team)":("[^"]*"|\[[^]]*\])'; }
try show
try pubint ledger audit
try pubint ledger audit -n 1 --json
try pubint ledger audit --verify
try pubint ledger audit --verify --json
try pubint ledger audit --verify --expect 3:0000000000000000000000000000000000000000000000000000000000000000
try pubint ledger audit --verify --expect yesterday
try pubint ledger require 4 --by Finn --reason 'More voices.' --at 2024-02-03T00:00:00Z
try pubint ledger require 3 --by Finn
try pubint ledger require 9 --by Finn
try pubint ledger require 12 --by Finn
head_of() { pubint ledger audit "$@" | sed -E 's/[0-9a-f]{64}/LINK/'; }
try head_of --head --verify
try head_of --head --verify --json
# A name that no case has is told apart from one of which nothing waits.
try pubint ledger next --rule abuse_harrassment --market NL --at 2024-02-03T00:00:00Z
try pubint ledger list --market NLL --at 2024-02-03T00:00:00Z
try pubint ledger list --rule abuse_harassment --market DE --json
try pubint ledger list --rule violense
try pubint ledger list --rule violence
try pubint ledger list --rule $'\e[2J'
