import { VpcGatewayEndpoints } from "../../modules/vpc-gateway-endpoints";
import { describePlan } from "../support/planned";

describePlan(
  "the gateway endpoint of S3",
  (root) => {
    const base = {
      name: "orders",
      vpcId: "vpc-0123456789abcdef0",
      accountId: "111122223333",
      region: "eu-central-1",
      routeTableIds: ["rtb-1", "rtb-2"],
    };
    new VpcGatewayEndpoints(root, "endpoints", {
      ...base,
      bucketArns: ["arn:aws:s3:::orders-b", "arn:aws:s3:::orders-a"],
    });
    new VpcGatewayEndpoints(root, "without_buckets", { ...base, bucketArns: [] });
    new VpcGatewayEndpoints(root, "expiring", {
      ...base,
      bucketArns: ["arn:aws:s3:::orders-a"],
      deletableBucketArns: ["arn:aws:s3:::orders-a"],
    });
  },
  (plan) => {
    const address = "module.endpoints.aws_vpc_endpoint.s3";

    test("lies on the given route tables", () => {
      expect(plan().values(address)).toMatchObject({
        vpc_id: "vpc-0123456789abcdef0",
        service_name: "com.amazonaws.eu-central-1.s3",
        vpc_endpoint_type: "Gateway",
        route_table_ids: ["rtb-1", "rtb-2"],
      });
    });

    test("allows the account to read and write the named buckets, but not to delete, and everybody to read image layers", () => {
      expect(plan().statements(address)).toEqual({
        OwnBuckets: {
          Effect: "Allow",
          Principal: "*",
          Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:ListBucket", "s3:AbortMultipartUpload"],
          Resource: [
            "arn:aws:s3:::orders-a",
            "arn:aws:s3:::orders-a/*",
            "arn:aws:s3:::orders-b",
            "arn:aws:s3:::orders-b/*",
          ],
          Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
        },
        ImageLayers: {
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*",
        },
      });
    });

    test("allows the account to delete objects of the buckets that are named for it", () => {
      expect(plan().statements("module.expiring.aws_vpc_endpoint.s3").DeletableObjects).toEqual({
        Effect: "Allow",
        Principal: "*",
        Action: ["s3:DeleteObject"],
        Resource: ["arn:aws:s3:::orders-a/*"],
        Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
      });
    });

    test("allows only image layers if no bucket is named", () => {
      const { OwnBuckets, ...others } = plan().statements(address);
      expect(OwnBuckets).toBeDefined();
      expect(plan().statements("module.without_buckets.aws_vpc_endpoint.s3")).toEqual(others);
    });
  },
);
