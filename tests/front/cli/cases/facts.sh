# The table of facts, whole and by a word.
try pubint facts
try pubint facts protest
try pubint facts SLURS
try pubint facts verified_type --pretty
