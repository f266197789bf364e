-- What stands of a Tweet's text once private data is blotted out: first the spans, then, in what these
-- left, further occurrences of their texts.

local facts = require "facts"

local BLOT = "█████"
local SHORTEST = 4 -- code points: a shorter text of a span is too common to look for

-- A text as a list of its code points' bytes.
local function characters_of(text)
  local list = {}
  for _, code in utf8.codes(text) do list[#list + 1] = utf8.char(code) end
  return list
end

-- Every violation's spans as { first, last } of the list of code points, by where they begin.
local function spans_of(case)
  local spans = {}
  for _, violation in ipairs(case.violations) do
    for _, span in ipairs(facts.of(violation, "spans") or {}) do
      spans[#spans + 1] = { tonumber(span.start.text) + 1, tonumber(span["end"].text) }
    end
  end
  table.sort(spans, function(a, b) return a[1] < b[1] end)
  return spans
end

-- Overlapping spans make one blot, touching ones two.
local function blots_of(spans)
  local blots = {}
  for _, span in ipairs(spans) do
    local last = blots[#blots]
    if last and span[1] <= last[2] then
      last[2] = math.max(last[2], span[2])
    else
      blots[#blots + 1] = { span[1], span[2] }
    end
  end
  return blots
end

-- What each span covers, not each blot: the texts to look for, the longest first.
local function blotted_texts(characters, spans)
  local texts = {}
  for _, span in ipairs(spans) do
    local length = span[2] - span[1] + 1
    if length >= SHORTEST then texts[#texts + 1] = table.move(characters, span[1], span[2], 1, {}) end
  end
  table.sort(texts, function(a, b) return #a > #b end)
  return texts
end

local function stands_at(characters, at, last, text)
  if at + #text - 1 > last then return false end
  for i = 1, #text do
    if characters[at + i - 1] ~= text[i] then return false end
  end
  return true
end

-- Gives to `pieces` what lies between two blots; an occurrence never reaches into one.
local function put_between(pieces, characters, first, last, texts)
  local at = first
  while at <= last do
    local found
    for _, text in ipairs(texts) do
      if stands_at(characters, at, last, text) then
        found = text
        break
      end
    end
    pieces[#pieces + 1] = found and BLOT or characters[at]
    at = at + (found and #found or 1)
  end
end

-- The case's text without its private data; nil when the case has no text.
return function(case)
  local text = facts.of(case, "tweet.text")
  if text == nil then return nil end
  local characters, spans, pieces, from = characters_of(text), spans_of(case), {}, 1
  local texts = blotted_texts(characters, spans)
  for _, blot in ipairs(blots_of(spans)) do
    put_between(pieces, characters, from, blot[1] - 1, texts)
    pieces[#pieces + 1], from = BLOT, blot[2] + 1
  end
  put_between(pieces, characters, from, #characters, texts)
  return table.concat(pieces)
end
