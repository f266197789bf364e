# Private data that is marked once is blotted out wherever it stands again, letter for letter, from four characters.
say() {
  cat >case.json <<JSON
{"id":"repeated","tweet":{"text":"$1","lang":"en"},
 "account":{"verified":true,"followers_count":200000,"office":{"status":"candidate","branch":"executive"}},
 "violations":[{"rule":"private_information","kind":"posted","spans":$2}],
 "context":{"target":{"kind":"official"},"public_concern":1,"public_debate":1,"office_relevance":1,"record_value":1,
  "geopolitical_clarity":1,"official_conduct":1,"call_to_action":0,"rights_interference":0,"service_harm":0,
  "offline_harm":{"likelihood":0,"severity":0}}}
JSON
  pubint eval case.json | sed -n '/^  text/,/^  market/p' | sed '$d'
  pubint eval --json case.json | grep -o '"outcome":"[a-z]*"\|"redacted_text":"[^"]*"'
}
try say 'Call 555-0142. Again: 555-0142, or tel:555-0142#2.' '[{"start":5,"end":13,"kind":"phone"}]'
try say 'Ann lives at Elm 5. Elm 5! elm 5, Ann.' '[{"start":0,"end":3},{"start":13,"end":18}]'
