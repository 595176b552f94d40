// S3, DynamoDB and STS on the loopback interface, in a process of their own: a test may block while its commands talk to them.
// Usage: node loopback-servers.mjs <folder> <bucket,…> <table,…>. Prints its ports as JSON; ends with its stdin.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import dynalite from "dynalite";
import S3rver from "s3rver";
import { createTable } from "./dynamodb.mjs";

const [folder, buckets, tables] = process.argv.slice(2);
const objects = path.join(folder, "objects");
const puts = path.join(folder, "puts");
mkdirSync(objects, { recursive: true });
mkdirSync(puts, { recursive: true });

const s3 = new S3rver({
  directory: objects,
  silent: true,
  configureBuckets: names(buckets).map((name) => ({ name })),
});
s3.store.putObject = async ({ bucket, key, metadata, content }) => {
  // The store's own answers before the file is written.
  const body = Buffer.isBuffer(content) ? content : await buffer(content);
  const file = s3.store.getResourcePath(bucket, key, "object");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, body);
  const md5 = createHash("md5").update(body).digest("hex");
  await s3.store.putMetadata(bucket, key, metadata, md5);
  // Before the answer, so that whoever has it finds the version kept.
  writeFileSync(storing.file, body);
  writeFileSync(`${storing.file}.headers`, JSON.stringify(storing.headers));
  return { size: body.length, md5 };
};
await s3.configureBuckets();
const answer = s3.callback();

/**
 * What S3 does and s3rver does not: requests are decided and done one after the other, a write may ask that nothing is
 * there, and each version has an id and is kept, with the headers that it came with.
 */
let before = Promise.resolve();
let count = 0;
/** Where the version of the write that is being served is kept, and what it came with. */
let storing;
const front = http.createServer((request, response) => {
  toPathStyle(request);
  before = before.then(() => serve(request, response));
});

async function serve(request, response) {
  const url = new URL(request.url, "http://127.0.0.1");
  const object = path.join(objects, `${decodeURIComponent(url.pathname)}._S3rver_object`);
  const asked = url.searchParams.get("versionId");
  if (request.method === "GET" && asked !== null) {
    const kept = path.join(puts, `${path.basename(asked)}-${fileName(object)}`);
    return void (existsSync(kept) ? response.end(readFileSync(kept)) : response.writeHead(404).end());
  }
  const stores = request.method === "PUT" && path.dirname(object) !== objects;
  if (stores && request.headers["if-none-match"] === "*" && existsSync(object)) {
    request.resume();
    response.writeHead(412, { "content-type": "application/xml" });
    return void response.end("<Error><Code>PreconditionFailed</Code><Message>The object is there</Message></Error>");
  }
  const version = String(++count).padStart(6, "0");
  if (stores) response.setHeader("x-amz-version-id", version);
  storing = { file: path.join(puts, `${version}-${fileName(object)}`), headers: request.headers };
  const done = new Promise((resolve) => response.on("close", resolve));
  answer(request, response);
  await done;
}

/**
 * Terraform's backend names the bucket in the host, which no resolver knows here. It asks this server as its HTTP proxy, as
 * Go does for every host but loopback itself, and so the whole URL is in the request.
 */
function toPathStyle(request) {
  const named = /^http:\/\/(.+)\.127\.0\.0\.1:\d+(\/.*)$/.exec(request.url);
  if (named === null) return;
  request.url = `/${named[1]}${named[2]}`;
  request.headers.host = "127.0.0.1";
}

/** Whose credentials these are: always the same one's. */
const sts = http.createServer((_request, response) => {
  response.writeHead(200, { "content-type": "text/xml" }).end(`<GetCallerIdentityResponse><GetCallerIdentityResult>
    <Arn>arn:aws:iam::111122223333:user/someone</Arn><UserId>AIDAEXAMPLE</UserId><Account>111122223333</Account>
    </GetCallerIdentityResult></GetCallerIdentityResponse>`);
});

const dynamodb = dynalite({ createTableMs: 0 });
const ports = { s3: await listen(front), dynamodb: await listen(dynamodb), sts: await listen(sts) };
for (const table of names(tables)) await createTable(`http://127.0.0.1:${ports.dynamodb}`, table);
console.log(JSON.stringify(ports));
process.stdin.on("end", () => process.exit()).resume();

function names(text) {
  return text === "" ? [] : text.split(",");
}

function fileName(object) {
  return createHash("sha256")
    .update(path.relative(objects, object).replace(/\._S3rver_object$/, ""))
    .digest("hex");
}

function listen(server) {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
}
