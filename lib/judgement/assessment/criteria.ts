/**
 * The project's table for SOC 2: trust services criteria, the controls of Security Hub that give technical evidence for
 * each, and the evidence that only people have. Guardrails name their criteria themselves. The mapping of controls to
 * criteria is our interpretation: neither AWS nor the AICPA publishes one.
 * @see https://www.aicpa-cima.com/resources/download/2017-trust-services-criteria-with-revised-points-of-focus-2022
 */

export interface Criterion {
  /** `CC6.1` */
  readonly id: string;
  /** Its subject in a few words, not the text of the AICPA. */
  readonly subject: string;
  /** Controls of Security Hub. */
  readonly controls: readonly string[];
  /** Evidence that no tool collects. */
  readonly byPeople: string;
}

export const CRITERIA: readonly Criterion[] = [
  { id: "CC1.1", subject: "integrity and ethical values", controls: [], byPeople: "code of conduct, signed" },
  { id: "CC1.2", subject: "oversight by the board", controls: [], byPeople: "minutes of the board" },
  { id: "CC1.3", subject: "structure and responsibilities", controls: [], byPeople: "organization chart, roles" },
  { id: "CC1.4", subject: "competent people", controls: [], byPeople: "hiring, training" },
  { id: "CC1.5", subject: "accountability", controls: [], byPeople: "goals and reviews of people" },
  {
    id: "CC2.1",
    subject: "information for control",
    controls: ["Config.1"],
    byPeople: "inventory of systems and data",
  },
  { id: "CC2.2", subject: "communication inside", controls: [], byPeople: "policies, and who has read them" },
  {
    id: "CC2.3",
    subject: "communication with others",
    controls: ["Account.1"],
    byPeople: "contracts, a way to report incidents",
  },
  { id: "CC3.1", subject: "objectives", controls: [], byPeople: "objectives of security and availability" },
  {
    id: "CC3.2",
    subject: "identification of risks",
    controls: ["Config.1", "GuardDuty.1", "Inspector.2"],
    byPeople: "register of risks",
  },
  { id: "CC3.3", subject: "risk of fraud", controls: [], byPeople: "assessment of fraud" },
  {
    id: "CC3.4",
    subject: "changes with an effect on control",
    controls: ["Config.1"],
    byPeople: "review of new systems",
  },
  {
    id: "CC4.1",
    subject: "ongoing and separate evaluations",
    controls: ["Config.1", "GuardDuty.1"],
    byPeople: "records of security reviews",
  },
  {
    id: "CC4.2",
    subject: "deficiencies are communicated",
    controls: [],
    byPeople: "tickets of findings and their owners",
  },
  { id: "CC5.1", subject: "control activities", controls: [], byPeople: "list of controls and their owners" },
  { id: "CC5.2", subject: "controls over technology", controls: [], byPeople: "this table, approved" },
  { id: "CC5.3", subject: "policies and procedures", controls: [], byPeople: "policies, reviewed each year" },
  {
    id: "CC6.1",
    subject: "logical access",
    controls: [
      "CloudTrail.2",
      "DataFirehose.1",
      "EC2.3",
      "EC2.7",
      "IAM.1",
      "IAM.2",
      "IAM.4",
      "IAM.5",
      "IAM.6",
      "IAM.7",
      "IAM.21",
      "KMS.1",
      "KMS.2",
      "KMS.4",
      "KMS.5",
      "RDS.3",
      "RDS.12",
      "RDS.27",
      "S3.1",
      "S3.6",
      "S3.8",
      "S3.12",
      "SecretsManager.1",
      "SQS.1",
    ],
    byPeople: "inventory of accounts and keys outside of AWS",
  },
  {
    id: "CC6.2",
    subject: "registration of users",
    controls: ["IAM.8", "IAM.22"],
    byPeople: "requests for access and their approvals",
  },
  {
    id: "CC6.3",
    subject: "least privilege, by role",
    controls: ["IAM.1", "IAM.2", "IAM.21", "IAM.27", "IAM.28"],
    byPeople: "reviews of access",
  },
  { id: "CC6.4", subject: "physical access", controls: [], byPeople: "SOC 2 report of AWS, from AWS Artifact" },
  {
    id: "CC6.5",
    subject: "disposal of media",
    controls: ["KMS.3"],
    byPeople: "SOC 2 report of AWS, from AWS Artifact",
  },
  {
    id: "CC6.6",
    subject: "threats from outside",
    controls: [
      "CloudFront.6",
      "EC2.2",
      "EC2.9",
      "EC2.15",
      "EC2.18",
      "EC2.19",
      "EC2.21",
      "EC2.53",
      "EC2.54",
      "ECS.2",
      "Lambda.1",
      "RDS.1",
      "RDS.2",
      "RDS.46",
      "S3.2",
      "S3.3",
      "S3.8",
      "SNS.4",
      "SQS.3",
      "WAF.10",
    ],
    byPeople: "penetration test",
  },
  {
    id: "CC6.7",
    subject: "data in transit and on media",
    controls: ["ACM.1", "CloudFront.3", "CloudFront.9", "CloudFront.10", "CloudFront.15", "ELB.17", "ELB.18", "S3.5"],
    byPeople: "rules for devices",
  },
  {
    id: "CC6.8",
    subject: "malicious software",
    controls: ["ECR.1", "ECR.2", "ECS.4", "ECS.5", "GuardDuty.1", "Inspector.2"],
    byPeople: "protection of devices",
  },
  {
    id: "CC7.1",
    subject: "vulnerabilities and misconfiguration",
    controls: ["Config.1", "ECR.1", "Inspector.2", "Lambda.2", "RDS.13", "RDS.35"],
    byPeople: "decisions on vulnerabilities",
  },
  {
    id: "CC7.2",
    subject: "monitoring for anomalies",
    controls: [
      "CloudFront.5",
      "CloudTrail.1",
      "CloudTrail.4",
      "CloudTrail.5",
      "CloudTrail.7",
      "EC2.6",
      "ELB.5",
      "GuardDuty.1",
      "RDS.9",
      "RDS.37",
      "S3.9",
      "S3.22",
      "S3.23",
      "StepFunctions.1",
    ],
    byPeople: "records of alerts that people handled",
  },
  {
    id: "CC7.3",
    subject: "evaluation of security events",
    controls: ["CloudTrail.5", "GuardDuty.1"],
    byPeople: "records of incidents",
  },
  { id: "CC7.4", subject: "response to incidents", controls: ["IAM.18"], byPeople: "plan for incidents, exercised" },
  { id: "CC7.5", subject: "recovery from incidents", controls: [], byPeople: "lessons of incidents" },
  { id: "CC8.1", subject: "changes", controls: ["CloudTrail.1", "Config.1"], byPeople: "pull requests and approvals" },
  {
    id: "CC9.1",
    subject: "mitigation of disruptions",
    controls: ["RDS.5", "RDS.15"],
    byPeople: "plan for continuity, insurance",
  },
  { id: "CC9.2", subject: "vendors", controls: [], byPeople: "reviews of vendors" },
  { id: "A1.1", subject: "capacity", controls: ["ECS.12", "RDS.6"], byPeople: "plan of capacity" },
  {
    id: "A1.2",
    subject: "backup and protection of the environment",
    controls: ["ELB.6", "ELB.13", "RDS.4", "RDS.5", "RDS.7", "RDS.8", "RDS.11", "RDS.15"],
    byPeople: "SOC 2 report of AWS, from AWS Artifact",
  },
  { id: "A1.3", subject: "tests of recovery", controls: [], byPeople: "record of a restored backup" },
  { id: "C1.1", subject: "confidential information", controls: ["S3.1", "S3.8"], byPeople: "classification of data" },
  { id: "C1.2", subject: "disposal of confidential information", controls: [], byPeople: "records of deletions" },
];

/** Categories of the criteria that the table leaves out. */
export const LEFT_OUT = "Processing integrity and privacy are categories of their own, which the table leaves out.";
