# The same cases in Dutch: decimal comma, points between thousands, every word.
for name in notice removed one_follower_short never_excepted incomplete unassessed private_information market_nl; do
  try pubint eval --locale nl "$CASES/$name.json"
done
