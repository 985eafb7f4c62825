// One run of the load generator in a process of its own; takes its options as JSON and prints the result as JSON.
import autocannon from "autocannon";

const result = await autocannon(JSON.parse(process.argv[2] ?? "{}"));
const failures = result.errors + result.timeouts + result["4xx"] + result["5xx"];
const { average } = result.requests;
process.stdout.write(JSON.stringify({ rate: average, p99: result.latency.p99, p50: result.latency.p50, failures }));
