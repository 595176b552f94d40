/** The document store, or its reserved place. */
import { type Expression, values } from "../../../lib";
import { DocumentStoreAtlas } from "../../../modules/document-store-atlas";
import { DocumentStoreDocumentdb } from "../../../modules/document-store-documentdb";
import { DocumentStoreNone } from "../../../modules/document-store-none";
import { SecretsManager } from "../../../modules/secrets-manager";
import type { Context } from "../context";
import type { vpc } from "./network";

/** @param clientGroupId security group of the nodes */
export function documentStore(context: Context, network: ReturnType<typeof vpc>, clientGroupId: Expression<string>) {
  const { root, environment, name, dataKeyArn, logsKeyArn } = context;
  const { documentStore: choice, sizing, account } = environment;
  const place = { name, vpcId: network.vpc.id, subnetIds: values(network.vpc.dataSubnetIds) };
  const clients = { ...place, clientSecurityGroupId: clientGroupId };
  switch (choice.kind) {
    case "none":
      return new DocumentStoreNone(root, "document_store", place);
    case "documentdb":
      return new DocumentStoreDocumentdb(root, "document_store", {
        ...clients,
        instances: choice.instances,
        kmsKeyArn: dataKeyArn,
        backupRetentionDays: sizing.database.backupRetentionDays,
        logKmsKeyArn: logsKeyArn,
        logRetentionDays: sizing.logRetentionDays,
      });
    case "atlas": {
      const login = new SecretsManager(root, "document_store_login", {
        name,
        accountId: account.id,
        kmsKeyArn: dataKeyArn,
        secrets: { "document-store": "Login of the document store in MongoDB Atlas; put in by an administrator" },
      });
      return new DocumentStoreAtlas(root, "document_store", {
        ...clients,
        endpointServiceName: choice.endpointServiceName,
        host: choice.host,
        secretArn: login.arns.at("document-store"),
      });
    }
  }
}
