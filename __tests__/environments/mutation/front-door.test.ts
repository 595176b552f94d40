/** Breaks the examples of modules in one place for each guardrail about APIs, sign-in, functions, alarms and chat: that guardrail alone fires. */
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { Configurations, type TreeFiles } from "../../../lib/judgement/configuration";
import { ALARMS } from "../../../lib/judgement/guardrails/alarms";
import { judgeRoot } from "../../../lib/judgement/guardrails/judge";
import { REST_APIS } from "../../../lib/judgement/guardrails/rest-apis";
import { isJudged } from "../../../lib/judgement/guardrails/types";
import { USER_POOLS } from "../../../lib/judgement/guardrails/user-pools";
import { ApiGatewayAccount } from "../../../modules/api-gateway-account";
import { ChatNotifications } from "../../../modules/chat-notifications";
import { CloudMapNamespace } from "../../../modules/cloud-map-namespace";
import { CloudwatchAlarms } from "../../../modules/cloudwatch-alarms";
import { CognitoUserPool } from "../../../modules/cognito-user-pool";
import { CompositeAlarms } from "../../../modules/composite-alarms";
import { LambdaFunction } from "../../../modules/lambda-function";
import { RestApi } from "../../../modules/rest-api";
import { ShieldAdvanced } from "../../../modules/shield-advanced";
import { ShieldSubscription } from "../../../modules/shield-subscription";
import { newRoot } from "../../lib/generator/support";
import { FRONT_DOOR_MUTANTS } from "./front-door-mutants";
import { MUTANTS } from "./mutants";
import { mutated } from "./mutate";

/** By the id of the call: the API's is that of roots, as mutants of calls have it. */
const MODULES = {
  alarms: CloudwatchAlarms,
  api: RestApi,
  api_logs: ApiGatewayAccount,
  chat: ChatNotifications,
  executions: LambdaFunction,
  service_names: CloudMapNamespace,
  serving_alarms: CompositeAlarms,
  shield: ShieldAdvanced,
  shield_subscription: ShieldSubscription,
  users: CognitoUserPool,
};

const root = newRoot();
for (const [id, { specification }] of Object.entries(MODULES)) {
  const call = { id, specification, providers: {}, source: () => "here" };
  root.call({ ...call, inputs: specification.example }, []);
}
const TREE: TreeFiles = new Map(renderTree([root]).map(({ path, content }) => [path, content]));

/** The guardrails that do not hold, each once. */
function fired(files: TreeFiles): string[] {
  const { broken, unknown } = judgeRoot(new Configurations(files).root(root.address), [], "2026-11-22");
  return [...new Set([...broken, ...unknown].map(({ guardrail }) => guardrail.id))].sort();
}

test("the examples keep every guardrail, and every type in them is judged", () => {
  expect(fired(TREE)).toEqual([]);
  const resources = new Configurations(TREE).root(root.address).of("*");
  expect([...new Set(resources.map(({ type }) => type))].filter((type) => !isJudged(type))).toEqual([]);
});

test("each guardrail about APIs, user pools and alarms has a mutant", () => {
  const mutable = new Set<string>(MUTANTS.map(({ guardrail }) => guardrail));
  expect([...REST_APIS, ...USER_POOLS, ...ALARMS].map(({ id }) => id).filter((id) => !mutable.has(id))).toEqual([]);
});

test.each(FRONT_DOOR_MUTANTS.map((mutant) => [mutant.guardrail, mutant.file, mutant.at.join("."), mutant] as const))(
  "%s alone kills the mutant of %s, %s",
  (id, _file, _at, mutant) => {
    expect(fired(mutated(TREE, root.address, [mutant]) ?? new Map())).toEqual([id]);
  },
);
