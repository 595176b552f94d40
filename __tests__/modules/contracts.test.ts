/** Each contract between roots: one module publishes its values, and another one reads them with their types. */
import { DATABASE } from "../../contracts/database";
import { NETWORK } from "../../contracts/network";
import { DatabaseLookup } from "../../modules/database-lookup";
import { DatabaseParameters } from "../../modules/database-parameters";
import { NetworkLookup } from "../../modules/network-lookup";
import { NetworkParameters } from "../../modules/network-parameters";
import { describePlan } from "../support/planned";

const PATH = "/shop/dev";

describePlan(
  "a contract",
  (root) => {
    new NetworkParameters(root, "network_parameters", { path: PATH, ...NETWORK.standIns });
    const network = new NetworkLookup(root, "network", { path: PATH });
    new NetworkParameters(root, "read_network", {
      path: "/shop/read",
      vpcId: network.vpcId,
      publicSubnetIds: network.publicSubnetIds,
      privateSubnetIds: network.privateSubnetIds,
      dataSubnetIds: network.dataSubnetIds,
      serviceSecurityGroupId: network.serviceSecurityGroupId,
      databaseSecurityGroupId: network.databaseSecurityGroupId,
      dataKeyArn: network.dataKeyArn,
      logsKeyArn: network.logsKeyArn,
      alertTopicArn: network.alertTopicArn,
      accessLogBucket: network.accessLogBucket,
    });
    new DatabaseParameters(root, "database_parameters", { path: PATH, ...DATABASE.standIns });
    const database = new DatabaseLookup(root, "database", { path: PATH });
    new DatabaseParameters(root, "read_database", {
      path: "/shop/read",
      arn: database.arn,
      resourceId: database.resourceId,
      endpoint: database.endpoint,
      readerEndpoint: database.readerEndpoint,
      port: database.port,
      name: database.name,
      alarmArns: database.alarmArns,
      user: database.user,
    });
  },
  (plan) => {
    const published = (path: string) =>
      plan()
        .all("aws_ssm_parameter")
        .filter(({ values }) => String(values.name).startsWith(`${path}/`))
        .map(({ values }) => [String(values.name).replace(path, ""), values.insecure_value]);

    test("is published with one parameter for each value, and other values than texts as JSON", () => {
      const contracts = [NETWORK, DATABASE];
      expect(published(PATH)).toHaveLength(contracts.flatMap(({ values }) => Object.keys(values)).length);
      expect(published(PATH)).toEqual(
        expect.arrayContaining([
          ["/network/vpc_id", "vpc-0123456789abcdef0"],
          ["/network/data_subnet_ids", JSON.stringify(NETWORK.standIns.dataSubnetIds)],
          ["/database/port", "5432"],
        ]),
      );
    });

    test("is read with the values and types that were published", () => {
      expect(published("/shop/read")).toEqual(published(PATH));
    });

    test("has no secret: a parameter shows its value in plans", () => {
      expect(
        new Set(
          plan()
            .all("aws_ssm_parameter")
            .map(({ values }) => values.type),
        ),
      ).toEqual(new Set(["String"]));
    });
  },
);
