// Audits the server at the address given: the results of graphql-http's audits, as JSON.
import { serverAudits } from "graphql-http";

const results = [];
for (const audit of serverAudits({ url: process.argv[2] })) {
  const { name, status, reason } = await audit.fn();
  results.push({ id: audit.id, name, status, reason });
}
process.stdout.write(JSON.stringify(results));
