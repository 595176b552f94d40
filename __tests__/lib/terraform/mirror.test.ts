import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findMirror, mirrorConfiguration, saysWhereProvidersAre } from "../../../lib/terraform/mirror";
import { temporaryFolder } from "./sample";

const AWS = "registry.terraform.io/hashicorp/aws";
const HELM = "registry.terraform.io/hashicorp/helm";
const PLATFORM = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

const PINNED = { aws: { source: AWS, version: "5.100.0" }, helm: { source: HELM, version: "3.1.1" } };

const folder = temporaryFolder();

function unpacked(place: string, version = "5.100.0", platform = PLATFORM): string {
  const mirror = path.join(folder, place);
  mkdirSync(path.join(mirror, AWS, version, platform), { recursive: true });
  return mirror;
}

test.each([
  ["itself", "plugins", "plugins"],
  ["one level below", "opt", "opt/tf-plugins"],
  ["two levels below", "share", "share/terraform/plugins"],
])("a mirror is found in a usual place %s", (_, place, mirror) => {
  const expected = { folder: unpacked(mirror), providers: [AWS] };
  expect(findMirror(PINNED, undefined, ["/nowhere", path.join(folder, place)])).toEqual(expected);
});

test("a mirror of packed providers is found, too, and lists all its providers", () => {
  const mirror = unpacked("packed");
  mkdirSync(path.join(mirror, HELM));
  writeFileSync(path.join(mirror, HELM, `terraform-provider-helm_3.1.1_${PLATFORM}.zip`), "");
  expect(findMirror(PINNED, undefined, [mirror])).toEqual({ folder: mirror, providers: [AWS, HELM] });
});

test("a mirror with another version or for another platform is ignored", () => {
  const places = [unpacked("newer", "6.0.0"), unpacked("other", "5.100.0", "plan9_386")];
  expect(findMirror(PINNED, undefined, places)).toBeUndefined();
});

test("a root that pins no version takes every provider that the mirror has for this platform", () => {
  const mirror = unpacked("any", "5.99.0");
  mkdirSync(path.join(mirror, HELM, "3.1.1", "plan9_386"), { recursive: true });
  expect(findMirror({}, undefined, [mirror])).toEqual({ folder: mirror, providers: [AWS] });
});

test("the folder of TF_PLUGIN_MIRROR takes precedence over the usual places", () => {
  const [named, usual] = [unpacked("named"), unpacked("usual")];
  expect(findMirror(PINNED, named, [usual])?.folder).toBe(named);
});

test("a TF_PLUGIN_MIRROR without a provider that roots pin is an error that says what it must hold", () => {
  expect(() => findMirror(PINNED, "/nowhere", [])).toThrow(
    `TF_PLUGIN_MIRROR\n  got "/nowhere"; allowed: a folder that holds ${AWS}/5.100.0/${PLATFORM} or `,
  );
});

test("a TF_PLUGIN_MIRROR for other roots is not used for a root whose providers it does not hold", () => {
  const pinned = { helm: { source: HELM, version: "3.1.1" } };
  expect(findMirror(pinned, unpacked("of others"), [])).toBeUndefined();
});

test("the configuration sends only the mirror's providers to the mirror", () => {
  expect(mirrorConfiguration({ folder: "/opt/tf", providers: [AWS, HELM] })).toBe(`provider_installation {
  filesystem_mirror {
    path    = "/opt/tf"
    include = ["${AWS}", "${HELM}"]
  }
  direct {
    exclude = ["${AWS}", "${HELM}"]
  }
}
`);
});

test("a user's configuration is used if it configures the installation of providers", () => {
  const [silent, decided] = [path.join(folder, "silent.rc"), path.join(folder, "decided.rc")];
  writeFileSync(silent, "disable_checkpoint = true\n");
  writeFileSync(decided, "provider_installation {\n  direct {}\n}\n");
  expect([silent, decided, "/nowhere"].map(saysWhereProvidersAre)).toEqual([false, true, false]);
});
