/** The states of the report. JSONata makes its text from the answer of Security Hub. */
import type { Expression } from "../../lib";

/**
 * A state passes at most 256 KiB on, so that the report has only the most severe findings.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const FINDINGS = 20;

const equal = (value: string) => ({ Comparison: "EQUALS", Value: value });

/** @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html */
const OPEN_FINDINGS = {
  Filters: {
    RecordState: [equal("ACTIVE")],
    SeverityLabel: [equal("CRITICAL"), equal("HIGH")],
    WorkflowStatus: [equal("NEW"), equal("NOTIFIED")],
  },
  MaxResults: FINDINGS,
  SortCriteria: [{ Field: "SeverityNormalized", SortOrder: "desc" }],
};

const LINES = String.raw`$states.result.Findings.(Severity.Label & ": " & Title & " (account " & AwsAccountId & ", " & Region & ")\n  " & Resources[0].Id & "\n  since " & CreatedAt & ", workflow " & Workflow.Status)`;

const TEXT = String.raw`$count($states.result.Findings) = 0 ? "No finding of severity high or critical is open." : $join([${LINES}, $exists($states.result.NextToken) ? ["Security Hub has more."] : []], "\n")`;

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
export function reportStates(topicArn: Expression<string>) {
  const retried = { Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 30, MaxAttempts: 5, BackoffRate: 2 }] };
  return {
    QueryLanguage: "JSONata",
    StartAt: "ReadFindings",
    States: {
      ReadFindings: {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:securityhub:getFindings",
        Arguments: OPEN_FINDINGS,
        Output: `{% ${TEXT} %}`,
        ...retried,
        Next: "Publish",
      },
      Publish: {
        Type: "Task",
        Resource: "arn:aws:states:::sns:publish",
        Arguments: { TopicArn: topicArn, Subject: "Open security findings", Message: "{% $states.input %}" },
        ...retried,
        End: true,
      },
    },
  };
}
