# Times: none still to come, and a record that has a wrong one is corrected beside it.
export PUBINT_LEDGER=cases.ledger
try pubint ledger open "$CASES/notice.json" --at 9999-12-31T00:00:00Z 2>&1 | sed 's/after 20.*Z$/after NOW/'
pubint ledger open "$CASES/notice.json" --at 2021-03-05T10:00:00Z >open.txt
pubint ledger recommend example-notice --by Rina notice --finding 'It is about asylum law.' --at 2021-03-07T10:00:00Z >step.txt
try pubint ledger recommend example-notice --by Rina remove --at 2999-01-01T00:00:00Z 2>&1 | sed 's/after 20.*Z$/after NOW/'
try pubint ledger correct example-notice --by Kim --note 'It was the 6th.' --time 2021-03-06T10:00:00Z --at 2021-03-08T09:00:00Z
try pubint ledger correct example-notice --by Kim --note 'Opened at the desk in Utrecht.' --entry 1 --at 2021-03-08T09:05:00Z
try pubint ledger show example-notice --at 2021-03-08T10:00:00Z
try pubint ledger advise example-notice --by Noor --team Legal --background law --position notice --at 2021-03-06T12:00:00Z
try pubint ledger list --json --at 2021-03-08T10:00:00Z
try pubint ledger audit -n 2
try pubint ledger audit --verify
pubint ledger show example-notice --json | grep -o '"corrections":\[[^]]*\]' | sed 's/^/  /'
try pubint ledger correct example-notice --by Kim --note x --entry 1 --time 2021-03-09T09:00:00Z
try pubint ledger correct example-notice --by Kim --note x --entry 3
try pubint ledger correct example-notice --by Kim --note x --time yesterday
try pubint ledger correct example-notice --by Kim
try pubint ledger correct --by Kim --note x
try pubint ledger correct other --by Kim --note x --at 2021-03-08T09:00:00Z --json
try pubint ledger correct example-notice --by Kim --note x --at 2021-03-08T09:10:00Z --json
try pubint help ledger correct
try pubint help E4098
