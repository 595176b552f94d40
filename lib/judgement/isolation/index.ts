/** Isolation of production: what lets other accounts read its data, over all roots of a tree. */
import type { Crossing, Isolation } from "../../generator/synth/project-isolation";
import { show } from "../configuration";
import { HOLE, textWithHoles } from "../guardrails/values";
import type { HclValue } from "../hcl";
import { type IsolatedRoot, namesInside, namesOutside, type Sides, sidesOf } from "./accounts";
import { type Content, contentsOf } from "./contents";
import { isJudgedShare, openRecipients, type TypeAndValues } from "./sharing";
import { letsRead, namedIn, openPrincipals, targetsOf } from "./statements";

export type { IsolatedRoot } from "./accounts";

/** A place that lets other accounts read production, or that nobody has judged. */
export interface Leak {
  readonly root: string;
  readonly address: string;
  /** The argument, and the statement of a policy in it. */
  readonly place: string;
  readonly names: string;
  readonly problem: string;
}

export interface IsolationReport {
  /** Accounts of production, and those that are trusted. */
  readonly accounts: readonly string[];
  readonly resources: number;
  /** Without a declared crossing. */
  readonly leaks: readonly Leak[];
  readonly declared: readonly Leak[];
  /** Crossings that permit nothing. */
  readonly unused: readonly Crossing[];
}

/** @throws InputError if an account cannot be assigned to a side */
export function isolationOf(
  roots: readonly IsolatedRoot[],
  { trusted, crossings, confined = {} }: Isolation,
): IsolationReport {
  const sides = sidesOf(roots, Object.keys(trusted));
  const found = roots.flatMap((root) => leaksIn(root, sides, new Set(Object.keys(confined))));
  const permits = (leak: Leak) => (one: Crossing) =>
    one.root === leak.root && one.address === leak.address && one.names === leak.names;
  return {
    accounts: [...sides.accounts].sort(),
    resources: roots.reduce((sum, { configuration }) => sum + configuration.resources.length, 0),
    leaks: found.filter((leak) => !crossings.some(permits(leak))),
    declared: found.filter((leak) => crossings.some(permits(leak))),
    unused: crossings.filter((one) => !found.some((leak) => permits(leak)(one))),
  };
}

type Found = Pick<Leak, "place" | "names" | "problem">;

function leaksIn({ configuration, accountId }: IsolatedRoot, sides: Sides, confined: ReadonlySet<string>): Leak[] {
  const { path: root, providers, terraform, resources } = configuration;
  const isProduction = sides.accounts.has(accountId);
  const leaks = isProduction ? leaksOfProduction : leaksOfOthers;
  const settings = { address: root, type: "", values: { ...providers, ...terraform } };
  const found = [settings, ...resources].flatMap((resource) => {
    const distinct = new Map(leaks(resource, sides).map((leak) => [JSON.stringify(leak), leak]));
    return [...distinct.values()].map((leak) => ({ root, address: resource.address, ...leak }));
  });
  const unjudged = isProduction
    ? configuration.of("*").filter(({ type }) => !isJudgedShare(type) && !confined.has(type))
    : [];
  return [...found, ...unjudged.map(({ address, type }) => ({ root, address, ...UNJUDGED, names: type }))].map(
    (leak) => ({ ...leak, names: leak.names.replaceAll(HOLE, "…") }),
  );
}

const UNJUDGED = {
  place: "type",
  problem:
    "nobody has judged whether the type can share with other accounts; allowed: a type in lib/judgement/isolation/, one in isolation.confined of main.ts with the reason, or a declared crossing",
} as const;

function leaksOfProduction(resource: TypeAndValues, sides: Sides): Found[] {
  const contents = contentsOf(resource);
  return [
    ...contents.flatMap((content) => outOfProduction(resource.type, content, sides)),
    ...openRecipients(resource, sides).map(({ path: place, recipient }) => ({
      place,
      names: shown(recipient),
      problem: "shares with somebody who is not known to be of production",
    })),
  ];
}

function shown(value: HclValue): string {
  return textWithHoles(value) ?? show(value);
}

function outOfProduction(type: string, content: Content, sides: Sides): Found[] {
  const { path: place } = content;
  if (content.kind === "open") return [{ place, names: "", problem: "is a policy with unknown statements" }];
  if (content.kind === "text") {
    const isLeak = namesOutside(content.text, sides) && !READ_FROM.has(`${type}.${place}`);
    return isLeak ? [{ place, names: content.text, problem: NAMES_OTHERS }] : [];
  }
  const { statement } = content;
  if (!letsRead(statement)) return [];
  const at = `${place}, ${statement.sid}`;
  return [
    ...namedIn(statement)
      .filter((text) => namesOutside(text, sides))
      .map((names) => ({ place: at, names, problem: NAMES_OTHERS })),
    ...(LIMITING.has(type) ? [] : openPrincipals(statement)).map(({ id }) => ({
      place: at,
      names: shown(id),
      problem: "allows principals that no condition restricts to accounts of production",
    })),
  ];
}

const NAMES_OTHERS = "names somebody outside of production";

function leaksOfOthers(resource: TypeAndValues, sides: Sides): Found[] {
  const { type } = resource;
  return contentsOf(resource).flatMap((content) => {
    const { path: place } = content;
    const problem = "names something of production";
    if (content.kind === "open") return [];
    if (content.kind === "text") {
      const isLeak = namesInside(content.text, sides) && !GIVEN_TO.has(`${type}.${place}`);
      return isLeak ? [{ place, names: content.text, problem }] : [];
    }
    if (!letsRead(content.statement)) return [];
    const found = targetsOf(content.statement).filter((text) => namesInside(text, sides));
    return found.map((names) => ({ place: `${place}, ${content.statement.sid}`, names, problem }));
  });
}

/** Policies that limit what the own principals may do, and allow nobody anything. */
const LIMITING: ReadonlySet<string> = new Set([
  "aws_organizations_policy",
  "aws_vpc_endpoint",
  "aws_vpc_endpoint_policy",
]);

/** Arguments with an account that the resource reads from. */
const READ_FROM: ReadonlySet<string> = new Set(["aws_securityhub_member.account_id"]);

/** Arguments with an account that the resource sends to. */
const GIVEN_TO: ReadonlySet<string> = new Set([
  "aws_oam_link.sink_identifier",
  "aws_securityhub_invite_accepter.master_id",
]);
