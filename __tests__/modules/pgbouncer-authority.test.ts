/** The certificate of PgBouncer while its authority is replaced. Helm has the functions of External Secrets' templates. */
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { PGBOUNCER_SECRETS, pgbouncerSecrets } from "../../modules/pgbouncer/secrets";
import { temporaryFolder } from "../lib/terraform/sample";
import { describeWithHelm, run } from "../support/kubernetes-tools";

const folder = temporaryFolder();

function authority(name: string) {
  const [key, certificate] = [path.join(folder, `${name}.key`), path.join(folder, `${name}.pem`)];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key];
  const extension = ["-addext", "keyUsage=critical,keyCertSign"];
  const args = ["req", "-x509", ...curve, "-days", "1", "-subj", `/CN=${name}`, ...extension, "-out", certificate];
  execFileSync("openssl", args, { stdio: "ignore" });
  return { key: readFileSync(key, "utf8"), certificate: readFileSync(certificate, "utf8") };
}

/** The Secret that the template makes of the certificates in `poolerAuthority` and of the key in the parameter. */
function secretOf(certificates: readonly string[], key: string) {
  const objects = pgbouncerSecrets({
    apiVersion: "external-secrets.io/v1",
    namespace: "pgbouncer",
    region: "ap-south-1",
    serviceAccountName: "pgbouncer-secrets",
    loginSecret: "login",
    hostParameter: "host",
    statisticsPasswordParameter: "statistics",
    databaseName: "shop",
    authority: Buffer.from(certificates.join("")).toString("base64"),
    authorityKeyParameter: "key",
  });
  const object = objects.find(({ metadata }) => metadata.name === PGBOUNCER_SECRETS.certificate);
  const [{ literal }] = Object(object?.spec).target.template.templateFrom;
  const chart = path.join(folder, "chart");
  mkdirSync(path.join(chart, "templates"), { recursive: true });
  writeFileSync(path.join(chart, "Chart.yaml"), "apiVersion: v2\nname: secret\nversion: 1.0.0\n");
  writeFileSync(path.join(chart, "templates/secret.yaml"), "{{ tpl .Values.literal .Values }}\n");
  const values = path.join(folder, "values.json");
  writeFileSync(values, JSON.stringify({ literal, authority_key: key }));
  const text = run("helm", ["template", "release", chart, "--values", values]);
  return z.object({ "tls.crt": z.string(), "ca.crt": z.string() }).parse(parse(text));
}

describeWithHelm("two authorities in one text", () => {
  const [former, next] = [authority("former"), authority("next")];
  const isSignedBy = (signer: string, certificate: string) =>
    new X509Certificate(certificate).verify(new X509Certificate(signer).publicKey);

  test.each([
    ["the former one is first", former, next],
    ["the next one is first", next, former],
  ])("are both trusted, and the first one signs: %s", (_order, first, second) => {
    const secret = secretOf([first.certificate, second.certificate], first.key);
    expect(secret["ca.crt"]).toBe(first.certificate + second.certificate);
    expect([first, second].map(({ certificate }) => isSignedBy(certificate, secret["tls.crt"]))).toEqual([true, false]);
  });

  test("make no Secret while the key is not that of the first one, so that the former Secret stays", () => {
    expect(() => secretOf([former.certificate, next.certificate], next.key)).toThrow("doesn't match");
  });
});
