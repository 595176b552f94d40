/** What proves that a standby can recover: the measured age of copied backups, restores every quarter, a drill every year. */
import { values } from "../../lib";
import { EventDeadLetters } from "../../modules/event-dead-letters";
import { EvidenceBucket } from "../../modules/evidence-bucket";
import { Kms } from "../../modules/kms";
import { RdsBackupLag } from "../../modules/rds-backup-lag";
import { RdsRestoreTest } from "../../modules/rds-restore-test";
import { ReviewReminder } from "../../modules/review-reminder";
import { workloadsBoundaryArn } from "../common/delivery";
import type { KeysAndAlerts } from "../common/keys-and-alerts";
import { type Data, ENGINE_VERSION } from "./data";
import type { FormulaEnvironment, StandbyFor } from "./environment";
import type { Ingress } from "./ingress";
import type { Network } from "./network";
import { standbyRecovery } from "./recovery";

export function proofs(
  context: KeysAndAlerts<FormulaEnvironment>,
  standbyFor: StandbyFor,
  network: Network,
  { copies }: Data,
  { accessLogs }: Ingress,
) {
  if (copies === null) return;
  const { root, environment, name, alertTopicArn: topicArn, dataKeyArn } = context;
  const { account, region, sizing } = environment;
  const place = { accountId: account.id, region };
  const key = new Kms(root, "recovery_key", {
    ...place,
    name: `${name}-recovery`,
    description: "Formula: schedules and evidence of recoveries",
    services: ["logs", "log-delivery"],
  });
  const deadLetters = new EventDeadLetters(root, "recovery_dead_letters", {
    ...place,
    name: `${name}-recovery`,
    kmsKeyArn: key.arn,
    alertTopicArn: topicArn,
  });
  const scheduled = {
    ...place,
    kmsKeyArn: key.arn,
    topicArn,
    deadLetterArn: deadLetters.arn,
    permissionsBoundaryArn: workloadsBoundaryArn(account),
  };
  const evidence = new EvidenceBucket(root, "recovery_evidence", {
    name: `${name}-evidence-${account.id}`,
    kmsKeyArn: key.arn,
    accessLogBucket: accessLogs.name,
    retentionDays: EVIDENCE_DAYS,
  });
  const machine = { logRetentionDays: sizing.logRetentionDays, automatedBackupsArn: copies.automatedBackupsArn };
  new RdsBackupLag(root, "backup_lag", {
    ...scheduled,
    ...machine,
    name: `${name}-backup-lag`,
    maxLagSeconds: standbyFor.targets.recoveryPointSeconds,
  });
  new RdsRestoreTest(root, "restore_test", {
    ...scheduled,
    ...machine,
    name: `${name}-restore-test`,
    schedule: QUARTERLY,
    backupsKmsKeyArn: dataKeyArn,
    engineVersion: ENGINE_VERSION,
    instanceClass: sizing.database.instanceClass,
    subnetIds: values(network.vpc.dataSubnetIds),
    securityGroupId: network.groups.ids.at("restore-tests"),
    maxRestoreSeconds: standbyRecovery(environment, standbyFor).stores.database?.recoveryTimeSeconds ?? 0,
    evidenceBucket: evidence.name,
    evidenceKmsKeyArn: key.arn,
  });
  new ReviewReminder(root, "recovery_drill", {
    ...scheduled,
    name: `${name}-drill`,
    topicKeyArn: context.alertsKeyArn,
    schedule: YEARLY,
    subject: `Yearly recovery drill of ${name}`,
    checklist: drill(environment, standbyFor),
  });
  root.output("recovery_evidence", evidence.name, "Bucket of the records of restores and drills.");
}

/** Three years: an auditor sees the drill of the year before, and the one before that. */
const EVIDENCE_DAYS = 1096;

/** In UTC. Outside of the windows of backup and maintenance, in working hours of the people who read the alarm. */
const QUARTERLY = "cron(0 16 5 1,4,7,10 ? *)";
const YEARLY = "cron(0 16 3 3 ? *)";

function drill({ name, region }: FormulaEnvironment, standbyFor: StandbyFor): string[] {
  const bucket = `s3://<recovery_evidence>/drills/`;
  return [
    `Announce a maintenance of ${standbyFor.name}, during which ${name} in ${region} serves.`,
    `Play the sections Failover and The way back of terraform/environments/formula/${name}/RUNBOOK.md, as if ${standbyFor.region} did not answer.`,
    "Note the time of each step, the latest time of the restored data, and each step that was wrong or missing.",
    "Compare the times with the plan, and correct environments/formula/recovery.ts.",
    `Upload the notes with aws s3 cp --checksum-algorithm SHA256 to ${bucket}, where nobody can change them for three years.`,
  ];
}
