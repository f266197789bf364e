-- A small JSON decoder that keeps what a test needs: a number stays its decimal text, an object knows
-- which bytes it was written as, and null is not absence. It trusts its input to be JSON.

local json = {}

json.null = setmetatable({}, { __tostring = function() return "null" end })

local number_meta = { __tostring = function(self) return self.text end }
local array_meta = {}
local object_meta = {}

-- A number from its decimal text.
function json.number(text) return setmetatable({ text = text }, number_meta) end

function json.is_number(value) return getmetatable(value) == number_meta end
function json.is_array(value) return getmetatable(value) == array_meta end
function json.is_object(value) return getmetatable(value) == object_meta end

local ESCAPES = {
  ['"'] = '"', ["\\"] = "\\", ["/"] = "/",
  b = "\b", f = "\f", n = "\n", r = "\r", t = "\t",
}

local function fail(text, at, what)
  error(("not JSON: %s expected at byte %d, found %q"):format(what, at, text:sub(at, at + 15)), 0)
end

local function unescape(raw)
  raw = raw:gsub("\\u([dD][89abAB]%x%x)\\u([dD][c-fC-F]%x%x)", function(high, low)
    return utf8.char(0x10000 + (tonumber(high, 16) - 0xD800) * 0x400 + (tonumber(low, 16) - 0xDC00))
  end)
  -- One pass over the rest, so that an escaped backslash is never taken for the start of another escape.
  return (raw:gsub("\\(.)(%x?%x?%x?%x?)", function(letter, digits)
    if letter == "u" then return utf8.char(tonumber(digits, 16)) end
    return ESCAPES[letter] .. digits
  end))
end

local function decode_string(text, at)
  local from = at + 1
  local stop = from
  while true do
    stop = text:find('["\\]', stop)
    if not stop then fail(text, at, "a closed string") end
    if text:byte(stop) == 34 then break end
    stop = stop + 2
  end
  local raw = text:sub(from, stop - 1)
  if raw:find("\\", 1, true) then raw = unescape(raw) end
  return raw, stop + 1
end

local decode_value

local function skip(text, at)
  return text:find("[^ \t\r\n]", at) or #text + 1
end

local function decode_object(text, at, raws)
  local object = setmetatable({}, object_meta)
  local from = at
  at = skip(text, at + 1)
  if text:sub(at, at) ~= "}" then
    while true do
      local key
      if text:sub(at, at) ~= '"' then fail(text, at, "a key") end
      key, at = decode_string(text, at)
      at = skip(text, at)
      if text:sub(at, at) ~= ":" then fail(text, at, "a colon") end
      object[key], at = decode_value(text, skip(text, at + 1), raws)
      at = skip(text, at)
      local mark = text:sub(at, at)
      if mark == "}" then break end
      if mark ~= "," then fail(text, at, "a comma") end
      at = skip(text, at + 1)
    end
  end
  raws[object] = { from, at }
  return object, at + 1
end

local function decode_array(text, at, raws)
  local array = setmetatable({}, array_meta)
  at = skip(text, at + 1)
  if text:sub(at, at) == "]" then return array, at + 1 end
  while true do
    array[#array + 1], at = decode_value(text, at, raws)
    at = skip(text, at)
    local mark = text:sub(at, at)
    if mark == "]" then return array, at + 1 end
    if mark ~= "," then fail(text, at, "a comma") end
    at = skip(text, at + 1)
  end
end

local LITERALS = { { "true", true }, { "false", false }, { "null", json.null } }

function decode_value(text, at, raws)
  local first = text:sub(at, at)
  if first == '"' then return decode_string(text, at) end
  if first == "{" then return decode_object(text, at, raws) end
  if first == "[" then return decode_array(text, at, raws) end
  local number = text:match("^-?%d+%.?%d*[eE]?[+-]?%d*", at)
  if number then return json.number(number), at + #number end
  for _, literal in ipairs(LITERALS) do
    local word, value = literal[1], literal[2]
    if text:sub(at, at + #word - 1) == word then return value, at + #word end
  end
  fail(text, at, "a value")
end

-- Decodes one value. The second result tells an object's own bytes: raw(object) -> the text it was
-- written as.
function json.decode(text)
  local raws = {}
  local value, at = decode_value(text, skip(text, 1), raws)
  if skip(text, at) <= #text then fail(text, at, "the end") end
  return value, function(object)
    local span = raws[object]
    return span and text:sub(span[1], span[2])
  end
end

return json
