/**
 * Controls of Security Hub that are not checked, with the reasons. A control that fails without an end hides those that
 * fail today.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html
 */

const CHECKED_IN_HOME = "The account's first region records global resources and checks them";

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/controls-to-disable.html */
export const GLOBAL_CONTROLS = {
  fsbp: because(CHECKED_IN_HOME, ["Account.1", ...numbered("IAM", [1, 2, 3, 4, 5, 6, 7, 8, 21]), "KMS.1", "KMS.2"]),
  cis: because(CHECKED_IN_HOME, ["Account.1", ...numbered("IAM", [2, 3, 4, 5, 6, 9, 15, 16, 18, 22, 26, 27])]),
} as const;

/**
 * Controls that require services which an account without instances, clusters of Kubernetes and uploads does not use.
 * @param functions why nothing monitors the functions of the account
 */
export function unusedServices(functions: string): Readonly<Record<string, string>> {
  return {
    ...because("No cluster of Kubernetes runs in the account", numbered("GuardDuty", [5, 7])),
    ...because("No instance with a disk of its own runs in the account", [
      "GuardDuty.8",
      "GuardDuty.13",
      "Inspector.1",
    ]),
    ...because(functions, ["GuardDuty.6", "Inspector.3", "Inspector.4"]),
    ...because(
      "Runtime monitoring adds an agent to every task, and App Runner accepts none",
      numbered("GuardDuty", [11, 12]),
    ),
    ...because("ECR scans each image when it is pushed", ["Inspector.2"]),
    ...because("No bucket stores files of users", ["Macie.1", "Macie.2"]),
  };
}

function numbered(service: string, numbers: readonly number[]): string[] {
  return numbers.map((number) => `${service}.${number}`);
}

function because(reason: string, controls: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(controls.map((control) => [control, reason]));
}
