-- Never comes to an end.
return {
  rule = "endless",
  class = "unlikely",
  bar = 0,
  weigh = function()
    while true do end
  end,
}
