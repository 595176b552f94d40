/** Each contract between roots: one module publishes its values, and another one reads them with their types. */
import { API } from "../../contracts/api";
import { DATABASE } from "../../contracts/database";
import { FRONTEND } from "../../contracts/frontend";
import { NETWORK } from "../../contracts/network";
import { REGISTRY } from "../../contracts/registry";
import { ApiLookup } from "../../modules/api-lookup";
import { ApiParameters } from "../../modules/api-parameters";
import { DatabaseLookup } from "../../modules/database-lookup";
import { DatabaseParameters } from "../../modules/database-parameters";
import { FrontendLookup } from "../../modules/frontend-lookup";
import { FrontendParameters } from "../../modules/frontend-parameters";
import { NetworkLookup } from "../../modules/network-lookup";
import { NetworkParameters } from "../../modules/network-parameters";
import { RegistryLookup } from "../../modules/registry-lookup";
import { RegistryParameters } from "../../modules/registry-parameters";
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
      alarmArns: network.alarmArns,
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
      user: database.user,
      alarmArns: database.alarmArns,
      alarmPrefix: database.alarmPrefix,
    });
    new RegistryParameters(root, "registry_parameters", { path: PATH, ...REGISTRY.standIns });
    const registry = new RegistryLookup(root, "registry", { path: PATH });
    new RegistryParameters(root, "read_registry", {
      path: "/shop/read",
      repositoryArns: registry.repositoryArns,
      repositoryUrls: registry.repositoryUrls,
    });
    new ApiParameters(root, "api_parameters", { path: PATH, ...API.standIns });
    const api = new ApiLookup(root, "api", { path: PATH });
    new ApiParameters(root, "read_api", {
      path: "/shop/read",
      host: api.host,
      healthPath: api.healthPath,
      serviceArn: api.serviceArn,
      serviceName: api.serviceName,
      roleArn: api.roleArn,
      logGroupName: api.logGroupName,
      metrics: api.metrics,
      latencyUnit: api.latencyUnit,
      alarmArns: api.alarmArns,
      metricsNamespace: api.metricsNamespace,
    });
    new FrontendParameters(root, "frontend_parameters", { path: PATH, ...FRONTEND.standIns });
    const frontend = new FrontendLookup(root, "frontend", { path: PATH });
    new FrontendParameters(root, "read_frontend", {
      path: "/shop/read",
      domainName: frontend.domainName,
      distributionId: frontend.distributionId,
      requestLogGroupName: frontend.requestLogGroupName,
      webAclLogGroupName: frontend.webAclLogGroupName,
      monitorName: frontend.monitorName,
      canaryName: frontend.canaryName,
      canaryLogGroupName: frontend.canaryLogGroupName,
      alarmArns: frontend.alarmArns,
    });
  },
  (plan) => {
    const published = (path: string) =>
      plan()
        .all("aws_ssm_parameter")
        .filter(({ values }) => String(values.name).startsWith(`${path}/`))
        .map(({ values }) => [String(values.name).replace(path, ""), values.insecure_value]);

    test("is published with one parameter for each value, and other values than texts as JSON", () => {
      const contracts = [NETWORK, DATABASE, REGISTRY, API, FRONTEND];
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
