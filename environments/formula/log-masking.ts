/** E-mail addresses of users, masked in the logs of programs that know them. */
import { LogDataProtection } from "../../modules/log-data-protection";
import type { Context } from "./context";
import type { Service } from "./service";

export function logMasking(
  { root }: Context,
  { services, erasing }: Service,
  executions: { readonly logGroupName: Service["erasing"]["logGroupName"] },
): void {
  new LogDataProtection(root, "log_masking", {
    logGroups: {
      ...Object.fromEntries(services.map(({ colour, task }) => [colour, task.logGroupName])),
      erasure: erasing.logGroupName,
      executions: executions.logGroupName,
    },
  });
}
