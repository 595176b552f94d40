import { Configurations } from "../../../../lib/judgement/configuration";
import { foreignReads } from "../../../../lib/judgement/configuration/file-functions";

const FILE = "modules/note/main.tf.json";
const TREE = new Map([
  [FILE, "{}"],
  ["modules/note/README.md", "# Note"],
  ["modules/note/user-data.sh", "#!/bin/sh"],
  ["modules/note/plain.tftpl", "%{ for one in all }${one}\n%{ endfor }"],
  ["modules/note/reader.tftpl", '%{ if on }${file("/etc/hostname")}%{ endif }'],
  ["modules/note/nested.tftpl", `\${file("/etc/hostname")}`],
  ["modules/note/chart/Chart.yaml", "version: 1.0.0"],
  ["modules/other/secret.txt", "secret"],
]);

const reads = (text: string) => foreignReads(TREE, FILE, { locals: { a: text } });
const OTHER = 'of a file that synth did not write; allowed: "${path.module}/<a file that synth wrote>"';

test.each([
  '${file("${path.module}/user-data.sh")}',
  '${jsonencode({ a = filebase64("${path.module}/./user-data.sh") })}',
  '${templatefile("${path.module}/plain.tftpl", { all = [] })}',
  '${[for one in [1] : fileexists("${path.module}/user-data.sh")]}',
  'the file("/etc/hostname"), as text',
  '$${file("/etc/hostname")}',
  "${var.file}",
  "%{ if true }a profile of files%{ endif }",
])("%s is allowed", (text) => {
  expect(reads(text)).toEqual([]);
});

test.each([
  ['${file("/etc/hostname")}', "file"],
  ['${file("user-data.sh")}', "file"],
  ['${file("${path.module}/gone.sh")}', "file"],
  ['${file("${path.module}/README.md")}', "file"],
  ['${file("${path.module}/main.tf.json")}', "file"],
  ['${file("${path.module}/../other/secret.txt")}', "file"],
  ['${file("${path.module}${var.name}")}', "file"],
  ['${file("${path.root}/user-data.sh")}', "file"],
  ["${file(var.name)}", "file"],
  ["${file(\n# a comment\nvar.name)}", "file"],
  ['${core::file("/etc/hostname")}', "core::file"],
  ['a ${upper(filesha256("/etc/hostname"))} b', "filesha256"],
  ['${try(filebase64sha512("x"), "")}', "filebase64sha512"],
  ['${fileset("${path.module}", "*")}', "fileset"],
  ['${fileexists("x") ? 1 : 2}', "fileexists"],
  ['${templatefile("x", {})}', "templatefile"],
  ["${provider::local::direxists(path.module)}", "provider::local::direxists"],
])("%s is refused", (text, name) => {
  expect(reads(text)).toEqual([`locals.a: got ${name}(…) ${OTHER}`]);
});

test("a template file must not read a file that synth did not write", () => {
  expect(reads('${templatefile("${path.module}/nested.tftpl", {})}')).toEqual([
    `locals.a: modules/note/nested.tftpl: got file(…) ${OTHER}`,
  ]);
  const unreadable =
    "got a template that cannot be parsed here and may read files; allowed: a template without functions that read files";
  expect(reads('${templatefile("${path.module}/reader.tftpl", {})}')).toEqual([
    `locals.a: modules/note/reader.tftpl: ${unreadable}`,
  ]);
  expect(reads('%{ if var.on }${file("/etc/hostname")}%{ endif }')).toEqual([`locals.a: ${unreadable}`]);
});

test("each template of a file is checked, keys included, except in places that Terraform does not evaluate", () => {
  const call = '${file("/etc/hostname")}';
  const block = { variable: { a: { default: { b: call }, description: call, validation: [{ condition: call }] } } };
  expect(foreignReads(TREE, FILE, { "//": call, ...block, resource: { x: { y: [{ [call]: 1 }] } } })).toEqual([
    `variable.a.validation.0.condition: got file(…) ${OTHER}`,
    `resource.x.y.0.${call}: got file(…) ${OTHER}`,
  ]);
});

test("a file that a provider reads must be a file that synth wrote", () => {
  const resource = {
    aws_lambda_function: { own: { filename: "${path.module}/user-data.sh" }, other: { filename: "/tmp/code.zip" } },
    aws_s3_object: { a: { source: "${var.file}" }, b: { source: null }, c: { content: "/tmp/text" } },
    aws_synthetics_canary: {
      chosen: { zip_file: '${{ "a" = "${path.module}/user-data.sh" }[var.key]}' },
      other: { zip_file: '${{ "a" = "${path.module}/user-data.sh", "b" = "/tmp/code.zip" }[var.key]}' },
      any: { zip_file: "${var.paths[var.key]}" },
      none: { zip_file: "${{}[var.key]}" },
    },
    aws_scheduler_schedule: { a: { source: "/tmp/text" } },
    helm_release: {
      own: { chart: "${path.module}/chart" },
      other: { chart: "${path.module}/../other" },
      local: { chart: "./chart" },
      repository: { chart: "loki" },
      input: { chart: "${var.chart}" },
    },
  };
  const data = { local_file: { a: { filename: "${path.module}/../other/secret.txt" } } };
  const other =
    'got a file that synth did not write, and that the provider reads; allowed: "${path.module}/<a file that synth wrote>"';
  expect(foreignReads(TREE, FILE, { resource, data })).toEqual([
    `resource.aws_lambda_function.other.filename: ${other}`,
    `resource.aws_s3_object.a.source: ${other}`,
    `resource.aws_synthetics_canary.other.zip_file: ${other}`,
    `resource.aws_synthetics_canary.any.zip_file: ${other}`,
    `resource.aws_synthetics_canary.none.zip_file: ${other}`,
    `resource.helm_release.other.chart: ${other}`,
    `resource.helm_release.local.chart: ${other}`,
    `data.local_file.a.filename: ${other}`,
  ]);
});

test("a tree with such a call is not read", () => {
  const files = new Map([
    ["environments/shop/dev/main.tf.json", '{ "module": { "note": { "source": "../../../modules/note" } } }'],
    [FILE, JSON.stringify({ locals: { a: '${file("/etc/hostname")}' } })],
  ]);
  expect(() => new Configurations(files).root("environments/shop/dev")).toThrow(
    `${FILE}\n  locals.a: got file(…) ${OTHER}`,
  );
});
