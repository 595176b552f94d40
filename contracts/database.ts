import { z } from "zod";
import { arnOf, defineParameters } from "../lib";

/** The PostgreSQL database of an environment, as its clients see it. */
export const DATABASE = defineParameters({
  name: "database",
  values: {
    arn: arnOf("rds").describe("ARN of the cluster."),
    resourceId: z.string().describe("Id of the cluster for IAM policies with `rds-db:connect`."),
    endpoint: z.string().describe("Host name of the writer."),
    readerEndpoint: z.string().describe("Host name of the readers; of the writer if there are none."),
    port: z.number().describe("Port."),
    name: z.string().describe("Name of the database."),
    alarmArns: z
      .array(arnOf("cloudwatch"))
      .describe(
        "ARNs of the alarms on the cluster. Alarms of an instance are not among them, so that a further reader changes nothing in another root.",
      ),
    alarmPrefix: z.string().describe("First part of the names of all alarms, also of each instance's."),
    user: z.string().describe("User of the service, which logs in with IAM."),
  },
  standIns: {
    arn: "arn:aws:rds:eu-central-1:111122223333:cluster:shop-prod",
    resourceId: "cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    endpoint: "shop-prod.cluster-abcdefghijkl.eu-central-1.rds.amazonaws.com",
    readerEndpoint: "shop-prod.cluster-ro-abcdefghijkl.eu-central-1.rds.amazonaws.com",
    port: 5432,
    name: "shop",
    alarmArns: ["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop-database-deadlocks"],
    alarmPrefix: "shop-database-",
    user: "shop_service",
  },
});
