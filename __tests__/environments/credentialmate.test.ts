/** What comes out of the plan of each root of CredentialMate, from the committed tree. A pull request plans production alone. */
import { dev } from "../../environments/credentialmate/dev";
import { prod } from "../../environments/credentialmate/prod";
import { stage } from "../../environments/credentialmate/stage";
import { inParallel } from "../../lib/terraform";
import { isNightly } from "../support/nightly";
import { PLAN_TIMEOUT, type Planned } from "../support/planned";
import { describeWithTerraform } from "../support/terraform-needed";
import { committedPlan } from "./committed-plan";
import { testContainers } from "./credentialmate/containers";
import { testData } from "./credentialmate/data";
import { testIngress } from "./credentialmate/ingress";
import { testNetwork } from "./credentialmate/network";
import { testObservability, testRoles, testTags } from "./credentialmate/operation";
import { testSecurityGroups } from "./credentialmate/security-groups";
import { testSourceValues } from "./credentialmate/source-values";
import { testPolicies } from "./policies";

const environments = isNightly ? [dev, stage, prod] : [prod];

/** Parity compares the sources of the environments on a pull request, too. */
const nightly = isNightly ? test : test.skip;

describeWithTerraform("CredentialMate", () => {
  let plans: Planned[];
  beforeAll(async () => {
    plans = await inParallel(environments, ({ name }) => committedPlan(`environments/credentialmate/${name}`));
  }, PLAN_TIMEOUT);

  describe.each(environments)("$name", (environment) => {
    const plan = (): Planned => {
      const found = plans[environments.indexOf(environment)];
      if (found === undefined) throw new Error(`${environment.name} was not planned`);
      return found;
    };
    const planned = { environment, name: `credentialmate-${environment.name}`, plan };

    describe("network", () => testNetwork(planned));
    describe("security groups", () => testSecurityGroups(planned));
    describe("ingress", () => testIngress(planned));
    describe("containers", () => testContainers(planned));
    describe("data", () => testData(planned));
    describe("roles", () => testRoles(planned));
    describe("observability", () => testObservability(planned));
    describe("tags", () => testTags(planned));
    testPolicies(`environments/credentialmate/${environment.name}`, plan);
  });

  testSourceValues("environments/credentialmate/prod", () => plans[environments.indexOf(prod)]);

  nightly(
    "all three plan the same resources under the same addresses, but for those of domain and test recipients",
    () => {
      const [first, ...others] = plans.map((plan, i) =>
        plan.addresses
          .filter((address) => !address.includes(".test_recipient["))
          .map((address) => address.replace(environments[i]?.domain ?? "", "<domain>")),
      );
      for (const addresses of others) expect(addresses).toEqual(first);
    },
  );
});
