/** A server that stands in for AWS: started anew for each test of a file. */
import { AwsServer } from "../../../support/aws-server";

/** @param use receives the server before each test, once the environment leads to it */
export function awsForEachTest(use: (server: AwsServer) => void): void {
  const before = { ...process.env };
  let server: AwsServer;
  beforeEach(async () => {
    server = await AwsServer.start();
    Object.assign(process.env, server.environment);
    use(server);
  });
  afterEach(async () => {
    await server.stop();
    process.env = { ...before };
  });
}

/** Operations of the requests that change something. */
export function writesTo(aws: AwsServer): string[] {
  return aws.operations().filter((operation) => !/:(?:Describe|List|Get|Head)/.test(operation));
}
