/** Prints Terraform files as JSON, by name: `node hcl-json.cjs <file>…`. It is a separate process, because the converter is asynchronous. */
const { readFileSync } = require("node:fs");
const { parse } = require("@cdktf/hcl2json");

async function convert(files) {
  const entries = await Promise.all(files.map(async (file) => [file, await parse(file, readFileSync(file, "utf8"))]));
  process.stdout.write(JSON.stringify(Object.fromEntries(entries)));
}

convert(process.argv.slice(2)).catch((error) => {
  process.stderr.write(error.message);
  process.exitCode = 1;
});
