// What tests ask of DynamoDB on the loopback interface without its SDK. The signature is none: nobody checks it.

/** A table for Terraform's locks. */
export async function createTable(endpoint, name) {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.CreateTable",
      "x-amz-date": "20200101T000000Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=a/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=a",
    },
    body: JSON.stringify({
      TableName: name,
      AttributeDefinitions: [{ AttributeName: "LockID", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "LockID", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  });
  if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
}
