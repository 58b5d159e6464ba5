-- Another press in each request; the answer is the page with the number.
local forms, marks, place = {}, {}, 0
for line in io.lines(presses) do
  local form, mark = line:match("^(%S+) (%S+)$")
  forms[#forms + 1], marks[#marks + 1] = form, mark
end
function request()
  place = place + 1
  if place > #forms then error("no press is left to make") end
  return wrk.format("POST", path,
    { ["Cookie"] = cookie .. "; motcua_hall=" .. marks[place], ["Content-Type"] = "application/x-www-form-urlencoded" },
    "csrfmiddlewaretoken=" .. token .. "&need=A&ground=&dossier=&form=" .. forms[place])
end
