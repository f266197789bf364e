# Evaluations against what people decided.
pubint sample -n 60 -s 12 >cases.jsonl
pubint batch cases.jsonl -o out.jsonl 2>batch.err

# Every third case is undecided; every fifth is decided otherwise than recommended.
number=0
while read -r line; do
  number=$((number + 1))
  id=$(sed -E 's/^\{"v":1,"id":"([^"]*)".*/\1/' <<<"$line")
  decision=remove other=notice
  case $line in *'"outcome":"notice"'*) decision=notice other=remove ;; esac
  if [ $((number % 3)) -eq 0 ]; then continue; fi
  if [ $((number % 5)) -eq 1 ]; then
    printf '{"id":"%s","decision":"%s","reason":"the record is kept elsewhere","decided_by":"final"}\n' "$id" "$other"
  else
    printf '{"id":"%s","decision":"%s"}\n' "$id" "$decision"
  fi
done <out.jsonl >decisions.jsonl
echo '{"id":"unheard-of","decision":"notice","reason":null}' >>decisions.jsonl

try pubint agreement out.jsonl decisions.jsonl
head -n 4 out.jsonl >few.jsonl
head -n 2 decisions.jsonl >some.jsonl
try pubint agreement --pretty few.jsonl some.jsonl
try pubint agreement --csv few.jsonl some.jsonl

# What is no decision, and what is one twice.
{ cat some.jsonl; head -n 1 some.jsonl; } >twice.jsonl
try pubint agreement out.jsonl twice.jsonl
try pubint agreement few.jsonl few.jsonl some.jsonl
refuse() { echo "$1" >bad.jsonl && try pubint agreement few.jsonl bad.jsonl; }
refuse '{"id":"a"}'
refuse '{"decision":"remove"}'
refuse '{"id":"a","decision":"notise"}'
refuse '{"id":"","decision":"notice"}'
refuse '{"id":"a","decision":"notice","reasons":"x"}'
refuse '{"id":"a","decision":"notice","reason":1}'
refuse '{"id":"a","id":"b","decision":"notice"}'
refuse '["a","notice"]'
refuse ''
try pubint agreement few.jsonl
try pubint agreement - -
try pubint agreement few.jsonl absent.jsonl
try pubint agreement --json --csv few.jsonl some.jsonl

# Decisions as a table.
printf 'decision,id,reason\r\nnotice,s12-0,"kept, elsewhere"\r\nremove,s12-1,\r\n' >some.csv
try pubint agreement few.jsonl some.csv
cp some.csv SOME.Csv && try pubint agreement few.jsonl SOME.Csv # the suffix in any case
table() { printf "$1" >bad.csv && try pubint agreement few.jsonl bad.csv; }
table 'id,decison\na,notice\n'
table 'id,reason\na,b\n'
table 'id,decision\na,notise\n'
table 'id,decision\n,notice\n'
table 'id,decision\na,notice\nb,remove\na,notice\n'
table 'id,decision\n"a"b,notice\n'
table "id,decision,reason\\na,notice,$(printf '%4097s' '' | tr ' ' x)\\n"

# As many reasons as somebody likes: the first 1,000 are told apart, all others are one.
line=$(grep -m 1 '"outcome":"remove"' out.jsonl)
for i in $(seq 1005); do echo "$line" | sed "s/\"id\":\"[^\"]*\"/\"id\":\"r$i\"/"; done >many.jsonl
for i in $(seq 1005); do echo "{\"id\":\"r$i\",\"decision\":\"notice\",\"reason\":\"reason $i\"}"; done >reasons.jsonl
echo '$ pubint agreement --csv many.jsonl reasons.jsonl | grep override_reasons'
pubint agreement --csv many.jsonl reasons.jsonl | grep '^override_reasons,' >told
wc -l <told
grep -e other -e 'reason 1000,' -e 'reason 1001,' told
