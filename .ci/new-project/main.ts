/** The roots of a project with three small systems. */
import { account } from "./environments/accounts/account";
import { accountRoots } from "./environments/accounts/roots";
import { dev as apiDev } from "./environments/api/dev";
import { prod as apiProd } from "./environments/api/prod";
import { system as api } from "./environments/api/system";
import { dev as shopDev } from "./environments/shop/dev";
import { prod as shopProd } from "./environments/shop/prod";
import { system as shop } from "./environments/shop/system";
import { dev as webDev } from "./environments/web/dev";
import { prod as webProd } from "./environments/web/prod";
import { system as web } from "./environments/web/system";

export const roots = [
  ...accountRoots.map(account),
  ...[apiDev, apiProd].map(api),
  ...[shopDev, shopProd].map(shop),
  ...[webDev, webProd].map(web),
];
