import type { Value } from "../../lib";
import type { Alarm, AlarmSet } from "./alarm";

/**
 * Alarms of certificates, by name: ACM has not renewed one in time. ACM renews a certificate of 198 days 45 days before its end, and
 * sends the metric twice a day until then: the alarm keeps its state when the metric ends with the certificate.
 * @see https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html
 * @see https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html
 */
export function certificateAlarms(
  certificateArns: Readonly<Record<string, Value<string>>>,
  { daysToExpiry }: { readonly daysToExpiry: number },
): AlarmSet {
  const alarms = Object.entries(certificateArns).map(([name, arn]): [string, Alarm] => [
    `${name}-certificate-expires`,
    {
      severity: "High",
      description: `The certificate of ${name} expires in fewer than ${daysToExpiry} days, and ACM has not renewed it`,
      runbook: "Look first at the renewal status in ACM: the DNS record of its validation has to exist.",
      namespace: "AWS/CertificateManager",
      dimensions: { CertificateArn: arn },
      metricName: "DaysToExpiry",
      statistic: "Minimum",
      comparison: "LessThanThreshold",
      threshold: daysToExpiry,
      periodSeconds: 86_400,
      treatMissingData: "ignore",
    },
  ]);
  return { alarms: Object.fromEntries(alarms) };
}
