-- Another draft in each request; the answer is a redirect to its acknowledgement.
expected = 302
local ids, place = {}, 0
for line in io.lines(drafts) do ids[#ids + 1] = line end
function request()
  place = place + 1
  if place > #ids then error("no draft is left to send") end
  return wrk.format("POST", "/file/draft/" .. ids[place] .. "/check/",
    { ["Cookie"] = cookie, ["Content-Type"] = "application/x-www-form-urlencoded" },
    "csrfmiddlewaretoken=" .. token .. "&return_method=counter")
end
