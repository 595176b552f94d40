/** What the data of an environment declares reaches the root that it is for, and no other. */
import { dev } from "../../environments/credentialmate/dev";
import { credentialMate } from "../../environments/credentialmate/system";
import { dr as formulaDr } from "../../environments/formula/dr";
import { peering } from "../../environments/formula/peering";
import { prod as formulaProd } from "../../environments/formula/prod";
import { formula } from "../../environments/formula/system";
import { dr } from "../../environments/orders/dr";
import { orders } from "../../environments/orders/system";
import { vitalityApi } from "../../environments/vitality/api/system";
import { vitalityNetwork } from "../../environments/vitality/network/system";
import { prod as vitalityProd } from "../../environments/vitality/prod";
import { wardmitraAws } from "../../environments/wardmitra/aws/system";
import { wardmitraCluster } from "../../environments/wardmitra/cluster/system";
import { wardmitraMigration } from "../../environments/wardmitra/rehearsal/system";
import { staging } from "../../environments/wardmitra/staging";
import type { Exception } from "../../lib";

const exception: Exception = {
  guardrail: "rds-backups",
  address: "module.database.aws_db_instance.this",
  reason: "Its data is made anew every night.",
  owner: "platform",
  approver: "security",
  ticket: "OPS-1",
  created: "2026-11-22",
  expires: "2026-12-22",
};

test("an exception in the data of an environment reaches its root", () => {
  expect(credentialMate({ ...dev, exceptions: [exception] }).props.exceptions).toEqual([exception]);
  expect(orders({ ...dr, exceptions: [exception] }).props.exceptions).toEqual([exception]);
});

test("exceptions and differences of an environment with several roots reach the root of their component", () => {
  const at = (component: "aws" | "cluster" | "rehearsal") => ({ ...exception, component, ticket: component });
  const environment = {
    ...staging,
    exceptions: [at("aws"), at("cluster"), at("rehearsal")],
    differences: [{ component: "cluster", at: "api", reason: "It runs elsewhere until the end of the year." }],
  } as const;
  const roots = [wardmitraAws(environment), ...wardmitraCluster(environment), ...wardmitraMigration(environment)];
  const reached = roots.map(({ props: { exceptions, differences } }) => [exceptions, differences]);
  expect(reached).toEqual([
    [[{ ...exception, ticket: "aws" }], []],
    [[{ ...exception, ticket: "cluster" }], [{ at: "api", reason: "It runs elsewhere until the end of the year." }]],
    [[{ ...exception, ticket: "rehearsal" }], []],
  ]);
});

test("each component of Vitality has its own exceptions", () => {
  const environment = { ...vitalityProd, exceptions: [{ ...exception, component: "api" }] } as const;
  expect(vitalityApi(environment).props.exceptions).toEqual([exception]);
  expect(vitalityNetwork(environment).props.exceptions).toEqual([]);
});

test("an exception of Formula is for the environment's root, or for the root of the peering", () => {
  const { exceptions } = formulaProd;
  const environment = { ...formulaProd, exceptions: [...exceptions, { ...exception, component: "peering" }] } as const;
  expect(formula(environment).props.exceptions).toEqual(exceptions);
  expect(peering(environment, formulaDr).props.exceptions).toEqual([exception]);
});

test("a component that the system has not does not compile, and neither does none, if each root has one", () => {
  // @ts-expect-error: credentialMate has one root
  const one: Parameters<typeof credentialMate>[0]["exceptions"] = [{ ...exception, component: "aws" }];
  // @ts-expect-error: a mistyped component
  const mistyped: Parameters<typeof wardmitraAws>[0]["exceptions"] = [{ ...exception, component: "clutser" }];
  // @ts-expect-error: no component
  const none: Parameters<typeof wardmitraAws>[0]["exceptions"] = [exception];
  // @ts-expect-error: a mistyped component beside the environment's own root
  const beside: Parameters<typeof formula>[0]["exceptions"] = [{ ...exception, component: "paring" }];
  expect([one, mistyped, none, beside]).toHaveLength(4);
});
