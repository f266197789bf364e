# A market and a rule to begin with; nothing is written over.
cp -r "$PUBINT_POLICY" policy
try pubint new market BE -p policy
try pubint new rule spam -p policy
try pubint test -p policy --filter be_test
try pubint test -p policy --filter spam_test
try pubint new market BE -p policy
try pubint new rule terrorism -p policy
try pubint new market be -p policy
try pubint new markt BE -p policy
try pubint new market -p policy
try pubint new editor -p policy
try pubint new editor -p policy
try pubint new editor now -p policy
