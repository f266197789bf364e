# Every code, so that a changed meaning is seen.
try pubint help codes
