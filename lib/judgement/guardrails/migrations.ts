/** AWS Database Migration Service: private, encrypted, verified, validated, and rehearsed before it reaches production. */
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { type HclValue, isMapping, isUnknown } from "../hcl";
import { KEY_OF_ACCOUNT, keyOfAccount } from "./account-keys";
import { all, allows, byType, equals, given, type Judge, judgeAt, where } from "./attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "./guardrail";
import { recordProblem } from "./migration-record";
import { documentOf } from "./policies";
import { isAbsent, valuesAt } from "./values";

const MOVING = [
  "aws_dms_endpoint",
  "aws_dms_replication_config",
  "aws_dms_replication_instance",
  "aws_dms_replication_task",
  "aws_dms_s3_endpoint",
] as const;
const TASKS = ["aws_dms_replication_config", "aws_dms_replication_task"] as const;

/**
 * Targets and sources that DMS reaches by an API of AWS, over TLS and with a role.
 * @see https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Security.SSL.html
 */
const AWS_APIS = ["dynamodb", "kinesis", "neptune", "opensearch", "elasticsearch", "s3"] as const;

/** DMS verifies the certificate of an Oracle server, and not its name. */
const WITHOUT_NAMES = ["oracle"] as const;

export const MIGRATIONS = [
  {
    id: "dms-rehearsed",
    title: "A migration reaches production only after a passed rehearsal, and until a day",
    why: "A first run in production finds every difference of types, encodings and durations while the system stands still, and nobody knows when to go back.",
    severity: "critical",
    controls: { hipaa: ["164.308(a)(7)(ii)(D)", "164.312(c)(1)"], soc2: ["CC8.1", "A1.2"], gdpr: ["32(1)(d)"] },
    allowed:
      "a root with a migration; in production its passed has schemaReview before cutoverDesign and rehearsal, rollbackCriteria not after the rehearsal, no day in the future, and ends from today until 90 days after the rehearsal",
    types: MOVING,
    judge: (_resource, { migration }, today) => isRehearsed(migration, today),
  },
  {
    id: "dms-own-root",
    title: "A migration has a root of its own",
    why: "It is destroyed after each run, and a plan that destroys it should contain nothing else.",
    severity: "high",
    controls: { soc2: ["CC8.1"] },
    allowed:
      "a root with the module of the migration, and calls that only have its roles, logs, alarms and security groups",
    types: MOVING,
    judge: standsAlone,
  },
  {
    id: "dms-not-public",
    title: "A replication instance has no public address",
    why: "Both databases admit it: whoever gets into it from the internet reads and changes them. Without the argument, AWS gives it an address.",
    severity: "critical",
    controls: {
      hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
      soc2: ["CC6.1", "CC6.6"],
      gdpr: ["32(1)(b)"],
      fsbp: ["DMS.1"],
    },
    allowed: "publicly_accessible = false",
    types: ["aws_dms_replication_instance"],
    judge: equals("publicly_accessible", false),
  },
  {
    id: "dms-encrypted",
    title: "The disk of a replication and the settings of its endpoints are encrypted with a customer managed KMS key",
    why: "The disk holds rows that wait for the target, and values of rows in logs.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `kms_key_arn, or compute_config with kms_key_id, with ${KEY_OF_ACCOUNT}`,
    types: ["aws_dms_endpoint", "aws_dms_replication_config", "aws_dms_replication_instance", "aws_dms_s3_endpoint"],
    judge: byType({
      aws_dms_endpoint: keyOfAccount("kms_key_arn"),
      aws_dms_replication_config: keyOfAccount("compute_config.kms_key_id"),
      aws_dms_replication_instance: keyOfAccount("kms_key_arn"),
      aws_dms_s3_endpoint: keyOfAccount("kms_key_arn"),
    }),
  },
  {
    id: "dms-tls-verified",
    title: "An endpoint verifies the certificate of its database",
    why: "DMS connects without TLS by default. With TLS and without a certificate to verify, whoever stands in between reads every row and the password.",
    severity: "high",
    controls: {
      hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"],
      soc2: ["CC6.7"],
      gdpr: ["32(1)(a)"],
      fsbp: ["DMS.9"],
    },
    allowed: 'ssl_mode = "verify-full", or "verify-ca" for oracle, and a certificate_arn',
    types: ["aws_dms_endpoint"],
    judge: unlessEngine(
      AWS_APIS,
      all(
        where(
          "engine_name",
          (engine) => !WITHOUT_NAMES.some((name) => name === engine),
          equals("ssl_mode", "verify-full"),
        ),
        where(
          "engine_name",
          (engine) => WITHOUT_NAMES.some((name) => name === engine),
          equals("ssl_mode", "verify-ca"),
        ),
        given("certificate_arn"),
      ),
    ),
  },
  {
    id: "dms-credentials-in-secrets",
    title: "An endpoint reads its credentials from Secrets Manager",
    why: "Arguments are in the state and in plans, and everybody who may describe the endpoint sees the user and the server.",
    severity: "high",
    controls: { hipaa: ["164.308(a)(5)(ii)(D)", "164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed:
      "secrets_manager_arn and secrets_manager_access_role_arn, and no username, password, server_name or extra_connection_attributes with a password",
    types: ["aws_dms_endpoint"],
    judge: unlessEngine(
      AWS_APIS,
      all(
        given("secrets_manager_arn"),
        given("secrets_manager_access_role_arn"),
        allows("username", isAbsent),
        allows("server_name", isAbsent),
        allowsNoPassword,
      ),
    ),
  },
  {
    id: "dms-validated",
    title: "A replication compares each row of the source with the target",
    why: "Truncated, converted and missing values are otherwise found by people, after the source is gone.",
    severity: "high",
    controls: { hipaa: ["164.312(c)(1)", "164.312(c)(2)"], soc2: ["PI1.4"], gdpr: ["5(1)(d)"] },
    allowed: "settings with ValidationSettings.EnableValidation = true",
    types: TASKS,
    judge: setting("ValidationSettings.EnableValidation"),
  },
  {
    id: "dms-logged",
    title: "A replication writes its log to CloudWatch",
    why: "Without the log, nobody finds out why a table was suspended, and there is no evidence of a run.",
    severity: "medium",
    controls: { hipaa: ["164.312(b)"], soc2: ["CC7.2"], fsbp: ["DMS.7", "DMS.8"] },
    allowed: "settings with Logging.EnableLogging = true",
    types: TASKS,
    judge: setting("Logging.EnableLogging"),
  },
  {
    id: "dms-started-by-people",
    title: "Terraform does not start a replication",
    why: "An apply at the wrong time moves data, and each later change of the task stops and starts it.",
    severity: "high",
    controls: { soc2: ["CC8.1"] },
    allowed: "start_replication_task = false, or start_replication = false",
    types: TASKS,
    judge: byType({
      aws_dms_replication_task: equals("start_replication_task", false, null),
      aws_dms_replication_config: equals("start_replication", false, null),
    }),
  },
] as const satisfies readonly ResourceGuardrail[];

function isRehearsed(migration: HclValue, today: string): Verdict {
  if (migration === null) return broken("a root without a migration");
  if (isMapping(migration) && migration.production === false) return HOLDS;
  const problem = recordProblem(migration, today);
  return problem === undefined ? HOLDS : broken(problem);
}

/** Types that a migration needs beside its own module, and that are destroyed with it. */
const BESIDE = /^aws_(dms_|iam_role|cloudwatch_(log_group|metric_alarm)$|security_group$|vpc_security_group_)/;

function standsAlone(_resource: ResourceInstance, root: RootConfiguration): Verdict {
  const own = new Set(MOVING.flatMap((type) => root.of(type)).map(({ call }) => call));
  const other = root.of("*").find(({ type, call }) => !own.has(call) && !BESIDE.test(type));
  return other === undefined ? HOLDS : broken(`a root that contains ${other.address}`);
}

function unlessEngine(engines: readonly string[], judge: Judge): Judge {
  return where("engine_name", (engine) => !engines.some((name) => name === engine), judge);
}

function allowsNoPassword({ values }: ResourceInstance): Verdict {
  const [attributes = null] = valuesAt(values, "extra_connection_attributes");
  if (isUnknown(attributes)) return undecided("extra_connection_attributes = (known after apply)");
  return /pass(word|wd)?\s*=/i.test(String(attributes ?? ""))
    ? broken("extra_connection_attributes with a password")
    : HOLDS;
}

/** A setting in the JSON of a replication. Without settings, the defaults of DMS apply: both are false. */
function setting(path: string): Judge {
  return ({ type, values }) => {
    const argument = type === "aws_dms_replication_config" ? "replication_settings" : "replication_task_settings";
    const document = documentOf(values[argument] ?? null);
    if (isUnknown(document)) return undecided(`${argument} = ${show(document)}`);
    return judgeAt(document, path, (value) => value === true, `${argument}: `);
  };
}
