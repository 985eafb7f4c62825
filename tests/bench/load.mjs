// One run of the load generator in a process of its own; takes its options as JSON and the status of a good answer, and
// prints the result as JSON.
import autocannon from "autocannon";

const [options = "{}", status = "200"] = process.argv.slice(2);
const result = await autocannon(JSON.parse(options));
const failures = Object.entries(result.statusCodeStats).reduce(
  (sum, [answered, { count }]) => (answered === status ? sum : sum + count),
  result.errors + result.timeouts,
);
const { average } = result.requests;
process.stdout.write(JSON.stringify({ rate: average, p99: result.latency.p99, p50: result.latency.p50, failures }));
