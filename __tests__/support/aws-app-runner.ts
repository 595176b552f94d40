/** The operations of App Runner for a deployment, as the stand-in of AWS answers them. */
import { type Json, Refusal } from "./aws-wire";

const NAME = "shop-api";
const ARN = `arn:aws:apprunner:eu-central-1:111122223333:service/${NAME}/0123456789abcdef0123456789abcdef`;

export class AppRunnerServer {
  status = "RUNNING";
  image = "";
  /** States of the next update, one for each request; the last one stays. */
  states: readonly string[] = ["SUCCEEDED"];
  readonly #former: string[] = [];

  /** A second page has the service. */
  readonly operations: Record<string, (input: Json) => Json> = {
    "apprunner:ListServices": ({ NextToken }) =>
      NextToken === undefined
        ? { ServiceSummaryList: [{ ServiceName: "other", ServiceArn: `${ARN}-other` }], NextToken: "2" }
        : { ServiceSummaryList: [{ ServiceName: NAME, ServiceArn: ARN }] },
    "apprunner:DescribeService": ({ ServiceArn }) => {
      if (ServiceArn !== ARN) throw new Refusal("ResourceNotFoundException", `no ${ServiceArn}`);
      return {
        Service: { ServiceName: NAME, ServiceArn: ARN, Status: this.status, SourceConfiguration: this.#source() },
      };
    },
    "apprunner:UpdateService": ({ SourceConfiguration }) => {
      this.#former.push(this.image);
      this.image = /"ImageIdentifier":"([^"]+)"/.exec(JSON.stringify(SourceConfiguration))?.[1] ?? "";
      return { OperationId: "operation-1", Service: {} };
    },
    "apprunner:ListOperations": () => {
      const [state = "", ...later] = this.states;
      if (later.length > 0) this.states = later;
      if (state.startsWith("ROLLBACK_SUCCEEDED")) this.image = this.#former.pop() ?? this.image;
      return { OperationSummaryList: [{ Id: "operation-1", Type: "UPDATE_SERVICE", Status: state }] };
    },
  };

  #source(): Json {
    return {
      AutoDeploymentsEnabled: false,
      AuthenticationConfiguration: { AccessRoleArn: "arn:aws:iam::111122223333:role/shop-api-access" },
      ImageRepository: {
        ImageIdentifier: this.image,
        ImageRepositoryType: "ECR",
        ImageConfiguration: { Port: "8080", RuntimeEnvironmentVariables: { LOG_LEVEL: "info" } },
      },
    };
  }
}
