/** Reads of what people and programs have stored: none of them is a matter of Terraform's. */
export const READS = [
  ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:000000000000:secret:a"],
  ["ssm:GetParameter", "arn:aws:ssm:us-east-1:000000000000:parameter/a"],
  ["ssm:GetParametersByPath", "arn:aws:ssm:us-east-1:000000000000:parameter/a"],
  ["s3:GetObject", "arn:aws:s3:::documents/record.pdf"],
  ["s3:GetObjectVersion", "arn:aws:s3:::documents/record.pdf"],
  ["dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:000000000000:table/records"],
  ["dynamodb:Scan", "arn:aws:dynamodb:us-east-1:000000000000:table/records"],
  ["sqs:ReceiveMessage", "arn:aws:sqs:us-east-1:000000000000:orders"],
  ["rds:DownloadDBLogFilePortion", "arn:aws:rds:us-east-1:000000000000:db:a"],
  ["logs:GetLogEvents", "arn:aws:logs:us-east-1:000000000000:log-group:/ecs/a:log-stream:b"],
  ["logs:StartQuery", "arn:aws:logs:us-east-1:000000000000:log-group:/ecs/a"],
  ["ecr:BatchGetImage", "arn:aws:ecr:us-east-1:000000000000:repository/a"],
  ["kms:Decrypt", "arn:aws:kms:us-east-1:000000000000:key/a"],
  ["sts:AssumeRole", "arn:aws:iam::000000000000:role/a"],
] as const;
