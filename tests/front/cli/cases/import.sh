# Tweets to cases: what is written, what is refused, and how it is told. Whoever appears here is invented.
cp "$here"/../../flow/import/same/v* .
cat >offices.csv <<'END'
account_id,username,kind,authentic,status,selection,branch,title,country,since,until
9007199254740993001,,institution,true,holder,elected,executive,"Harbour master, ""acting""",NL,2017-01-01,2019-12-31
,quiet_desk,person,true,holder,elected,legislative,Member,NL,,2018-06-30
31,,person,,,,,,,,
END
cat >violations.csv <<'END'
tweet_id,rule,kind,spans,context.public_debate,context.offline_harm.likelihood
1050118621198921728,abuse_harassment,aggressive_insults,,0.5,low
101,none,,,,
102,private_information,posted,5-13:phone,,
104,violence,thread,,,
106,none,,,,
199,none,,,,
END
cat >tweets.jsonl <<'END'
{"data":[{"id":"101","text":"Good morning","author_id":"30","created_at":"2018-10-10T06:00:00.000Z"},{"id":"102","text":"Call 555-0100 now","author_id":"32"},{"id":"103","text":"RT @quiet_desk: Good morning","author_id":"30"}],"includes":{"users":[{"id":"30","username":"Quiet_Desk","verified":true}]},"errors":[{"title":"Not Found Error","resource_id":"100"}]}
{"id":104,"id_str":"104","text":"A cut text …","truncated":true,"user":{"id":30,"screen_name":"quiet_desk"}}
{"id":1050118621198921730,"text":"Rounded"}
{"id":"105","text":"Nobody looked at this
{"id":"105","text":"Nor at this","created_at":"Wed Oct 10 20:19:24 +0000 2018"}
{"id":"106","text":"Shown nowhere","withheld_in_countries":["XX","XY"],"user":{"id_str":"33","screen_name":"third"}}
{"id":"106","text":"Shown nowhere","withheld_in_countries":["XX","XY"],"user":{"id_str":"33","screen_name":"third"}}
{"id":"101","text":"It was no such day","created_at":"Thu Oct 10 20:19:24 +0000 2018"}
{"id":"7","action":"delete","reason":"protected"}
END

printf 'tweet_id,rule\n1,none\n' >other.csv
try pubint import twitter v1_object.json --offices offices.csv --violations violations.csv
try pubint import twitter tweets.jsonl --offices offices.csv --violations violations.csv -o cases.jsonl
shorten() { sed -E 's/("withheld_in":\["AD","AE").*("ZM","ZW"\])/\1,…,\2/' "$1"; }
try shorten cases.jsonl
try pubint import twitter tweets.jsonl --offices offices.csv --violations violations.csv -o cases.jsonl
try pubint import twitter tweets.jsonl --violations violations.csv -o cases.jsonl --force --json
try pubint import twitter tweets.jsonl -o tweets.jsonl --force
try pubint import twitter v2_flat.jsonl
try pubint import twitter v2_flat.jsonl --violations other.csv
try pubint import twitter v2_flat.jsonl --violations other.csv --json
from_a_pipe() { cat v2_envelope.json | "$@"; }
try from_a_pipe pubint import twitter --violations violations.csv
try pubint import twitter -o new.jsonl --violations violations.csv
try pubint import
try pubint import facebook tweets.jsonl
try pubint import twitter absent.json -o new2.jsonl
try ls new2.jsonl
echo kept >old.jsonl
try pubint import twitter tweets.jsonl absent.json -o old.jsonl --force
try cat old.jsonl
try pubint import twitter . --violations violations.csv
printf 'account_id,stats\n1,x\n' >wrong.csv
try pubint import twitter tweets.jsonl --offices wrong.csv --violations violations.csv
printf 'tweet_id,rule\n1,none\n1,none\n' >wrong.csv
try pubint import twitter tweets.jsonl --violations wrong.csv
printf 'tweet_id,rule\n1,"none\n' >wrong.csv
try pubint import twitter tweets.jsonl --violations wrong.csv
printf '{"id":"1","text":"\xe2\x80\xaeturned"}\n{"id":"\\u001b[31m","text":"red"}\n' >hostile.jsonl
try pubint import twitter hostile.jsonl --violations violations.csv

# Of a kind three are shown, and a cell once however many Tweets it spoils.
for i in 1 2 3 4 5; do
  printf '{"id":"%d","text":"x","author_id":"7"}\n' $i $((i + 10)) >>many.jsonl
done
printf 'tweet_id,rule\n11,none\n12,none\n13,none\n14,none\n15,none\n' >some.csv
printf 'account_id,status\n7,hodler\n' >slip.csv
try pubint import twitter many.jsonl --violations some.csv --offices slip.csv

# What an archive's Tweets do not say, its account's own file does.
echo 'window.YTD.tweets.part0 = [ { "tweet": { "id_str": "11", "full_text": "x" } } ]' >tweets.js
echo 'window.YTD.account.part0 = [ { "account": { "accountId": "7", "username": "quiet_desk" } } ]' >account.js
try pubint import twitter tweets.js --violations some.csv --account account.js
try pubint import twitter tweets.js --violations some.csv --account tweets.js
# It is said of an archive's Tweets alone; what withholds all of an account withholds them too.
echo '{"id_str":"7","screen_name":"quiet_desk","withheld_in_countries":["TR"]}' >user.json
echo '{"id_str":"7","screen_name":"quiet_desk","withheld_foo":true}' >unread.json
printf '{"id":"11","text":"x"}\n{"id":"12","text":"x","created_at":"2018-10-10T06:00:00Z"}\n' >strangers.jsonl
cat user.json user.json >two.json
try pubint import twitter tweets.js strangers.jsonl --violations some.csv --account user.json
try pubint import twitter tweets.js --violations some.csv --account unread.json
try pubint import twitter tweets.js --violations some.csv --account two.json
try pubint import twitter - --violations some.csv --account -
for which in offices violations decisions; do try pubint import --template $which; done

# What is ended halfway leaves no OUT that looks like all there is, and nothing else beside it.
mkfifo held.json
before=$(ls -A)
nothing_more() { [ "$(ls -A)" = "$before" ]; }
pubint import twitter held.json --violations violations.csv -o late.jsonl 2>/dev/null &
import=$!
exec 9>held.json # opened once the import reads it
kill -TERM $import
{ wait $import; } 2>/dev/null
echo "[exit $?]"
exec 9>&-
try nothing_more
# A name with its @, and a fact of the context by its last part.
echo '{"data":{"id":"71","text":"hi","author_id":"5"},"includes":{"users":[{"id":"5","username":"Gov_X"}]}}' >named.json
printf 'username,status\n@gov_x,holder\n' >at.csv
printf 'tweet_id,rule\n71,none\n' >none.csv
try pubint import twitter named.json --offices at.csv --violations none.csv
printf 'tweet_id,rule,public_concern\n71,violence,1\n' >part.csv
try pubint import twitter named.json --violations part.csv
# Blanks between values are bounded too.
blanks_between() { { cat named.json && head -c 80000000 /dev/zero | tr '\0' ' ' && cat named.json; } | gzip | pubint import twitter - --violations none.csv; }
try blanks_between
