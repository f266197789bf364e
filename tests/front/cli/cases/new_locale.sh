# A locale to translate, and what it still lacks.
cp -r "$PUBINT_POLICY" policy
try pubint new locale pt -p policy
head -n 3 policy/locales/pt.json
cmp <(pubint eval -p policy --locale pt "$CASES"/notice.json) <(pubint eval -p policy "$CASES"/notice.json) && echo "English so far"
sed -i '/"label.text"/d; s/"no": "no"/"no": "não"/' policy/locales/pt.json
pubint new locale pt -p policy | grep -E '^  (yes|no|label.text)  |^locales'
try pubint new locale PT -p policy
try pubint new locale ../pt -p policy
try pubint new locale -p policy
