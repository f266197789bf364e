return {
  rule = "abuse_harassment", class = "possible", bar = 1,
  weigh = function(case, balance)
local a, n = ('\0'):rep(65535), 0
local b = a .. 'b'
a = a .. 'a'
for i = 1, 500 do if a < b then n = n + 1 end end
error('done')
  end,
}
