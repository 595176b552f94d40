/** The option of the commands that shift clients with CodeDeploy. */
import { isAppspec } from "../pipeline/service/appspec";
import { fromCaller } from "./caller.cjs";

export const APPSPEC = [
  "--appspec <file>",
  "for CodeDeploy: the appspec, or a file with it; <TASK_DEFINITION> stands for the revision",
  (fileOrText: string): string => (isAppspec(fileOrText) ? fileOrText : fromCaller(fileOrText)),
] as const;
