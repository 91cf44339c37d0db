-- Requests each line of a file in turn, in a loop, and counts the requests and the unexpected responses.
-- Arguments: the file, the expected status and, if there is one, the value of `If-None-Match`.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  local headers = {}
  if arguments[3] then headers["If-None-Match"] = arguments[3] end
  lines, expected, unexpected = {}, tonumber(arguments[2]), 0
  sent = -1 -- wrk builds one request more than it sends, as a sample
  for path in io.lines(arguments[1]) do
    table.insert(lines, wrk.format("GET", path, headers))
  end
end

function request()
  sent = sent + 1
  return lines[sent % #lines + 1]
end

function response(status)
  if status ~= expected then unexpected = unexpected + 1 end
end

function done(summary, latency)
  local sum, wrong, errors = 0, 0, summary.errors
  for _, thread in ipairs(threads) do
    sum = sum + thread:get("sent")
    wrong = wrong + thread:get("unexpected")
  end
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  local counts = string.format("%d %d %d %d", sum, summary.requests, wrong, broken)
  print(string.format("counted %s %d %d", counts, summary.duration, latency:percentile(99)))
end
