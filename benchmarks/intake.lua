-- A new citizen and a new submission in each request; the answer is a redirect to the dossier.
expected = 302
math.randomseed(os.time())
local function hex(n) local t = {} for i = 1, n do t[i] = string.format("%x", math.random(0, 15)) end return table.concat(t) end
function request()
  local submission = hex(8) .. "-" .. hex(4) .. "-4" .. hex(3) .. "-a" .. hex(3) .. "-" .. hex(12)
  local person = string.format("000184%06d", math.random(0, 999999))
  return wrk.format("POST", nil, { ["Cookie"] = cookie, ["Content-Type"] = "application/x-www-form-urlencoded" },
    fixed .. "&submission_id=" .. submission .. "&personal_id=" .. person)
end
