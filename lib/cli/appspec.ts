/** Option of the commands that deploy with CodeDeploy. */
import { isAppspec } from "../pipeline/service/appspec";
import { fromCaller } from "./caller.cjs";

export const APPSPEC = [
  "--appspec <file>",
  "AppSpec for CodeDeploy, or a file with it; <TASK_DEFINITION> stands for the revision",
  (fileOrText: string): string => (isAppspec(fileOrText) ? fileOrText : fromCaller(fileOrText)),
] as const;
