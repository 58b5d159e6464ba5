
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init(args) odd = 0; expected = expected or 200 end
function response(status, headers, body) if status ~= (expected or 200) then odd = odd + 1 end end
function done(summary, latency, requests)
  local faults = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  for _, thread in ipairs(threads) do faults = faults + thread:get("odd") end
  local seconds = summary.duration / 1000000
  io.write(string.format('REPORT {"rate": %.2f, "p50": %.3f, "p99": %.3f, "seconds": %.3f, "faults": %d}\n',
    summary.requests / seconds, latency:percentile(50) / 1000, latency:percentile(99) / 1000, seconds, faults))
end
