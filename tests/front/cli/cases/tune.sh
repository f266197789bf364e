# How many outcomes change over the range of each number.
pubint sample -n 400 -s 6 >cases.jsonl
try pubint tune cases.jsonl
try pubint tune --rule violence --factor debate cases.jsonl
try pubint tune --market NL --factor emergency --at 3 cases.jsonl
try pubint tune --rule hateful_conduct --bar --at 4.5 --csv cases.jsonl
echo '$ pubint tune --all --csv cases.jsonl | head -n 5'
pubint tune --all --csv cases.jsonl | head -n 5

# Few enough cases to read all of the JSON.
head -n 30 cases.jsonl >few.jsonl
try pubint tune --json --rule private_information --bar --at 1.5 few.jsonl

# What people decided.
pubint batch -p "$PUBINT_POLICY" cases.jsonl -o out.jsonl 2>batch.err
sed -nE 's/^\{"v":1,"id":"([^"]*)","outcome":"(notice|remove)","basis":"weighed".*/{"id":"\1","decision":"\2"}/p' out.jsonl >decisions.jsonl
sed -i '0,/notice/s/notice/remove/' decisions.jsonl
try pubint tune --decisions decisions.jsonl --rule abuse_harassment --bar cases.jsonl
echo '$ pubint tune --decisions decisions.jsonl cases.jsonl | sed -n "/^Suggested/,$ p"'
pubint tune --decisions decisions.jsonl cases.jsonl | sed -n '/^Suggested/,$ p'

# Lines that are refused, and cases that are decided and stand twice.
{ head -n 3 cases.jsonl; echo '{'; } >broken.jsonl
echo '$ pubint tune --rule violence --bar broken.jsonl | head -n 3'
pubint tune --rule violence --bar broken.jsonl 2>&1 | head -n 3
id=$(sed -nE '1s/.*"id":"([^"]*)".*/\1/p' decisions.jsonl)
grep "\"id\": *\"$id\"" cases.jsonl >twice.jsonl && cat twice.jsonl twice.jsonl >stands.jsonl
try pubint tune --decisions decisions.jsonl stands.jsonl

# A literal that gives the weight and is compared as well is no number, and is told.
cp -r "$PUBINT_POLICY" policy && chmod -R u+w policy
sed -i 's/^    balance:harm("violence_link", context.violence_link, 3)/    local three = 3\n&\n    if context.violence_link * 10 > three then balance:note("linked") end/; s/violence_link, 3)/violence_link, three)/' policy/rules/violence.lua
try pubint tune -p policy --rule violence --factor violence_link few.jsonl
echo '$ pubint tune -p policy few.jsonl | grep rules/violence'
pubint tune -p policy few.jsonl | grep rules/violence

# What no number gives, and what does not go together.
refused() { try pubint tune "$@" few.jsonl; }
refused --rule violense --bar
refused --rule violence --factor debat
refused --market NL --factor silence_period
refused --market BR --factor emergency
refused --rule terrorism --bar
refused --rule violence
refused --market NL
refused --factor debate
refused --bar
refused --market NL --bar
refused --rule violence --market NL --factor debate
refused --rule violence --factor debate --bar
refused --all --rule violence --bar
refused --rule violence --factor debate --at 0
refused --rule violence --factor debate --at 10.001
refused --rule violence --bar --at 100.5
refused --rule violence --bar --at 1.0005
refused --at -1
refused --json --csv
refused --threads 0
try pubint tune absent.jsonl
try pubint tune --decisions - <few.jsonl
try pubint tune --decisions absent.jsonl cases.jsonl
