# A case through the four steps and once more (R030–R041), and what the record of it looks like.
export PUBINT_LEDGER=ledger.db
C=$CASES/market_nl.json ID=example-market-nl
try pubint ledger show $ID
try pubint ledger open "$C" --at 2024-01-01T10:00:00Z
try pubint ledger recommend $ID --by Ann notice --at 2024-01-01T12:30:00+01:00
try pubint ledger advise $ID --by Bea --background human_rights --position notice --at 2024-01-01T13:00:00Z
try pubint ledger advise $ID --by Cas --background law --position remove --note 'The words name a place.' --at 2024-01-01T13:10:00Z
try pubint ledger next --at 2024-01-02T00:00:00Z
try pubint ledger advise $ID --by Dirk --background journalism --position none --note 'Seen in two papers.' --at 2024-01-01T13:20:00Z
try pubint ledger advise $ID --by Eva --background market --team 'Public Policy Netherlands' --position notice --at 2024-01-02T09:00:00Z
try pubint ledger decide $ID --by Finn notice --at 2024-01-02T15:00:00Z
try pubint ledger reopen $ID --by Finn --reason 'It was followed by threats.' --at 2024-02-01T15:00:00Z
try pubint ledger recommend $ID --by Ann remove --reason 'The threats answer this Tweet.' --at 2024-02-01T16:00:00Z --json
try pubint ledger show $ID --at 2024-02-03T00:00:00Z
try pubint ledger list --at 2024-02-03T00:00:00Z
try pubint ledger list --json --at 2024-02-03T00:00:00Z
try pubint ledger list --state decided
try pubint ledger audit
try pubint ledger audit -n 1 --json
try pubint ledger audit --verify
try pubint ledger audit --verify --json
try pubint ledger audit --verify --expect 3:0000000000000000000000000000000000000000000000000000000000000000
try pubint ledger audit --verify --expect yesterday
try pubint ledger require 4 --by Finn --reason 'More voices.' --at 2024-02-03T00:00:00Z
try pubint ledger require 3 --by Finn
