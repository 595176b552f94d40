/** Every environment of every system, and the tree that they become. */

import { dev } from "./environments/credentialmate/dev";
import { prod } from "./environments/credentialmate/prod";
import { stage } from "./environments/credentialmate/stage";
import { credentialMate } from "./environments/credentialmate/system";
import { synthesize } from "./lib";

export const summary = synthesize([dev, stage, prod].map(credentialMate));
