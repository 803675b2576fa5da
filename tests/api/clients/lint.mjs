// Lints an OpenAPI document by the recommended rules of Redocly.
import { createConfig, lint } from "@redocly/openapi-core";

const config = await createConfig({ extends: ["recommended"] });
const problems = await lint({ ref: process.argv[2], config });
for (const { severity, ruleId, message, location } of problems) {
  console.error(`${severity} ${ruleId}: ${message} (${location[0]?.pointer})`);
}
process.exit(problems.length > 0 ? 1 : 0);
