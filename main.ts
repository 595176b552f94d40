/** Every environment of every system: the roots that `groundplan synth` writes as Terraform. */

import { dev } from "./environments/credentialmate/dev";
import { prod } from "./environments/credentialmate/prod";
import { stage } from "./environments/credentialmate/stage";
import { credentialMate } from "./environments/credentialmate/system";

export const roots = [dev, stage, prod].map(credentialMate);
