-- Evaluates the little language in which the reference policy states its strengths and conditions:
--
--   target.kind in {official, institution} ? max(public_debate, call_to_protest) : 0
--   violence_link < 0.5 or sole_source >= 0.5
--   offline_harm.severity * max(0, 2 * offline_harm.likelihood - 1)
--
-- Numbers are doubles. An expression reads a fact only when it comes to it: of `a ? b : c` one branch,
-- of `a or b` the second only when the first is false, of everything else both sides. What it asks for a
-- name is the caller's business (see compile), and so is knowing what was read.

local expression = {}

local TOKENS = { "^%d+%.?%d*", "^[%a_][%w_.]*", "^[<>=]=", "^[-*<>?:,(){}]" }

local function tokens_of(text)
  local tokens, at = {}, 1
  while true do
    at = text:find("%S", at)
    if not at then return tokens end
    local token
    for _, pattern in ipairs(TOKENS) do
      token = text:match(pattern, at)
      if token then break end
    end
    if not token then error(("no token at %d of %q"):format(at, text), 0) end
    tokens[#tokens + 1], at = token, at + #token
  end
end

local Parser = {}
Parser.__index = Parser

function Parser:peek() return self.tokens[self.at] end

function Parser:take(wanted)
  local token = self.tokens[self.at]
  if wanted and token ~= wanted then
    error(("%q expected, %q found in %q"):format(wanted, tostring(token), self.text), 0)
  end
  self.at = self.at + 1
  return token
end

function Parser:accept(token)
  if self:peek() ~= token then return false end
  self.at = self.at + 1
  return true
end

-- Each parsing function returns a closure: read -> value.

function Parser:primary()
  local token = self:take()
  if token == "(" then
    local inner = self:ternary()
    self:take(")")
    return inner
  end
  if token == "max" then
    self:take("(")
    local a = self:ternary()
    self:take(",")
    local b = self:ternary()
    self:take(")")
    return function(read) return math.max(a(read), b(read)) end
  end
  local number = tonumber(token)
  if number then
    number = number + 0.0
    return function() return number end
  end
  if not token:find("^[%a_]") then error(("a value expected, %q found in %q"):format(token, self.text), 0) end
  return function(read) return read(token) end
end

function Parser:product()
  local left = self:primary()
  while self:accept("*") do
    local a, b = left, self:primary()
    left = function(read) return a(read) * b(read) end
  end
  return left
end

function Parser:difference()
  local left = self:product()
  while self:accept("-") do
    local a, b = left, self:product()
    left = function(read) return a(read) - b(read) end
  end
  return left
end

function Parser:comparison()
  local left = self:difference()
  if self:accept("<") then
    local right = self:difference()
    return function(read) return left(read) < right(read) end
  elseif self:accept(">=") then
    local right = self:difference()
    return function(read) return left(read) >= right(read) end
  elseif self:accept("==") then
    local word = self:take() -- compared with words only
    return function(read) return left(read) == word end
  elseif self:accept("in") then
    local words = {}
    self:take("{")
    repeat words[self:take()] = true until not self:accept(",")
    self:take("}")
    return function(read)
      local word = left(read)
      return word ~= nil and words[word] == true
    end
  end
  return left
end

function Parser:alternative()
  local left = self:comparison()
  while self:accept("or") do
    local a, b = left, self:comparison()
    left = function(read) return a(read) or b(read) end
  end
  return left
end

function Parser:ternary()
  local test = self:alternative()
  if not self:accept("?") then return test end
  local yes = self:ternary()
  self:take(":")
  local no = self:ternary()
  return function(read)
    if test(read) then return yes(read) end
    return no(read)
  end
end

-- Compiles `text` to a function(read) -> number, boolean or word; read(name) gives a fact's value: a
-- double for a strength, a word or nil for another.
function expression.compile(text)
  local parser = setmetatable({ text = text, tokens = tokens_of(text), at = 1 }, Parser)
  local compiled = parser:ternary()
  if parser:peek() then error(("the end expected, %q found in %q"):format(parser:peek(), text), 0) end
  return compiled
end

return expression
