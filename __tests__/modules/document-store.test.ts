import { DocumentStoreAtlas } from "../../modules/document-store-atlas";
import { DocumentStoreDocumentdb } from "../../modules/document-store-documentdb";
import { DocumentStoreNone } from "../../modules/document-store-none";
import { describePlan } from "../support/planned";

const network = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] };
const client = { clientSecurityGroupId: "sg-1" };
const key = (id: string) => `arn:aws:kms:eu-central-1:111122223333:key/${id}`;
const secretArn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/document-store-AbCdEf";

describePlan(
  "a document store",
  (root) => {
    const none = new DocumentStoreNone(root, "none", { ...network, name: "none" });
    const documentdb = new DocumentStoreDocumentdb(root, "documentdb", {
      ...network,
      ...client,
      name: "documents",
      instances: { a: { instanceClass: "db.t4g.medium" }, b: { instanceClass: "db.t4g.medium" } },
      kmsKeyArn: key("data"),
      backupRetentionDays: 14,
      logKmsKeyArn: key("logs"),
      logRetentionDays: 90,
    });
    const atlas = new DocumentStoreAtlas(root, "atlas", {
      ...network,
      ...client,
      name: "atlas",
      endpointServiceName: "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0",
      host: "shop-pl-0.abcde.mongodb.net",
      secretArn,
    });
    /** A client compiles with any of them. */
    const stores: Record<string, typeof none> = { none, documentdb, atlas };
    for (const [name, store] of Object.entries(stores)) root.output(name, store.host, "Host of the store.");
  },
  (plan) => {
    test("reserves its place without a resource that costs anything", () => {
      const reserved = plan().addresses.filter((address) => address.startsWith("module.none."));
      expect(reserved.sort()).toEqual([
        "module.none.aws_docdb_subnet_group.this",
        "module.none.aws_security_group.this",
      ]);
    });

    test.each(["documentdb", "atlas"])("keeps the reserved resources as %s", (variant) => {
      expect(plan().addresses).toEqual(
        expect.arrayContaining([
          `module.${variant}.aws_docdb_subnet_group.this`,
          `module.${variant}.aws_security_group.this`,
        ]),
      );
    });

    test("is encrypted in DocumentDB, with backups, a final snapshot, an audit log and a managed password", () => {
      expect(plan().values("module.documentdb.aws_docdb_cluster.this")).toMatchObject({
        storage_encrypted: true,
        kms_key_id: key("data"),
        backup_retention_period: 14,
        skip_final_snapshot: false,
        deletion_protection: true,
        manage_master_user_password: true,
        enabled_cloudwatch_logs_exports: ["audit"],
      });
      expect(plan().values("module.documentdb.aws_cloudwatch_log_group.audit")).toMatchObject({
        name: "/aws/docdb/documents/audit",
        kms_key_id: key("logs"),
        retention_in_days: 90,
      });
    });

    test("enforces TLS 1.2 in DocumentDB, in the family of its version", () => {
      expect(plan().values("module.documentdb.aws_docdb_cluster_parameter_group.this")).toMatchObject({
        family: "docdb5.0",
        parameter: expect.arrayContaining([expect.objectContaining({ name: "tls", value: "tls1.2+" })]),
      });
    });

    test("has instances with keys, so that one can go without a change of the others", () => {
      expect(plan().keys("module.documentdb.aws_docdb_cluster_instance.this")).toEqual(["a", "b"]);
    });

    test("is reached in Atlas through an endpoint whose name Atlas resolves", () => {
      expect(plan().values("module.atlas.aws_vpc_endpoint.this")).toMatchObject({
        vpc_endpoint_type: "Interface",
        private_dns_enabled: false,
        service_name: "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0",
      });
    });

    test("admits its clients only", () => {
      for (const [variant, ports] of Object.entries({ documentdb: [27_017, 27_017], atlas: [1024, 65_535] })) {
        expect(plan().values(`module.${variant}.aws_vpc_security_group_ingress_rule.clients`)).toMatchObject({
          referenced_security_group_id: "sg-1",
          from_port: ports[0],
          to_port: ports[1],
        });
      }
      expect(plan().all("aws_vpc_security_group_ingress_rule")).toHaveLength(2);
    });
  },
);
