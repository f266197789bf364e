# Cases of one market and one rule, with the words and values of a policy.
cp -r "$PUBINT_POLICY" policy
echo '{"words":["golpe","fraude"]}' >policy/data/lexicon.json
try pubint sample -p policy -n 2 -m NL -r election_integrity
pubint sample -p policy -n 300 -m BR -r violence >cases
echo "$(grep -c '"market":"BR"' cases) of the market, $(grep -c '"rule":"violence"' cases) of the rule, $(grep -cE 'golpe|fraude' cases) with words"
echo "$(pubint sample -p policy -n 300 -m NL | grep -c '"days_to_election":') with a signal that the script reads"
pubint sample -n 200 -r terrorism | grep -c '"rule":"terrorism"'
pubint sample -p policy -n 300 -m BR -r violence | cmp - cases && echo "the same again"
try pubint sample -r violens
try pubint sample -m nl
