/** The accounts of the project, each with an environment of every system. */
import { application as api } from "../api/application";
import { dev as apiDev } from "../api/dev";
import { prod as apiProd } from "../api/prod";
import { accounts } from "../common/accounts";
import { application as shop } from "../shop/application";
import { dev as shopDev } from "../shop/dev";
import { prod as shopProd } from "../shop/prod";
import { application as web } from "../web/application";
import { dev as webDev } from "../web/dev";
import { prod as webProd } from "../web/prod";
import type { AccountRoot } from "./account";
import { ECS_WORKLOADS } from "./workloads";

const EVERY_ACCOUNT: Omit<AccountRoot, "account" | "applications"> = {
  standby: null,
  costCenter: "shop",
  clusters: [],
  components: [],
  workloads: ECS_WORKLOADS,
  detectors: {
    alertEmails: ["platform@shop.example"],
    trailDays: 365,
    trail: "own",
    threats: "own",
    configuration: "own",
  },
  people: {
    developers: ["arn:aws:iam::777788889999:user/developer"],
    operators: ["arn:aws:iam::777788889999:user/operator"],
    admins: ["arn:aws:iam::777788889999:user/admin"],
  },
};

export const accountRoots: readonly AccountRoot[] = [
  { ...EVERY_ACCOUNT, account: accounts.dev, applications: [api(apiDev), shop(shopDev), web(webDev)] },
  { ...EVERY_ACCOUNT, account: accounts.prod, applications: [api(apiProd), shop(shopProd), web(webProd)] },
];
