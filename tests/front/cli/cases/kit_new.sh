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

# Never into the default policy: it is named by -p, by PUBINT_POLICY, or by a policy.json in the current folder.
unset PUBINT_POLICY
new() {
  pubint new "$@" 2>&1 | sed 's/cp -r .* my-policy/cp -r DEFAULT my-policy/'
  return "${PIPESTATUS[0]}"
}
for what in 'market CH' 'rule spam' editor 'market CH --force'; do try new $what; done
PUBINT_POLICY= try new market CH
try ls
try pubint help E4012
cp -r policy other
cd policy
try pubint new market CH
PUBINT_POLICY=../other try pubint new market LI
try pubint new market LI -p ../other --force
try ls markets ../other/markets
PUBINT_POLICY=git:HEAD:scripts try pubint new market LI
cd ../other/markets
try new market LI

# Commands are there to be copied: a folder's name is quoted as a shell wants it.
cd ../..
mv other "it's mine"
try pubint new market FR -p "it's mine"
