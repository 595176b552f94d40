/** Alarms of CloudWatch that decide whether a colour keeps the requests. */
import { type CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { InputError } from "../../../common/errors";
import { aws } from "../failure";

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const MOST_ALARMS = 100;

/** Those of the alarms that are on. An alarm without data is not. @throws InputError if there is no such alarm */
export async function alarmsOn(cloudWatch: CloudWatchClient, names: readonly string[]): Promise<string[]> {
  if (names.length === 0 || names.length > MOST_ALARMS) {
    throw new InputError("--alarms", [`got ${names.length} alarms; allowed: 1 to ${MOST_ALARMS}`]);
  }
  const { MetricAlarms, CompositeAlarms } = await aws("cloudwatch:DescribeAlarms", names.join(", "), () =>
    cloudWatch.send(
      new DescribeAlarmsCommand({
        AlarmNames: [...names],
        AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
        MaxRecords: MOST_ALARMS,
      }),
    ),
  );
  const found = [...(MetricAlarms ?? []), ...(CompositeAlarms ?? [])];
  const missing = names.filter((name) => !found.some(({ AlarmName }) => AlarmName === name));
  if (missing.length > 0) {
    throw new InputError(
      "--alarms",
      missing.map((name) => `got ${name}, which does not exist; allowed: alarms of this account and region`),
    );
  }
  return found.flatMap(({ AlarmName, StateValue }) => (StateValue === "ALARM" ? (AlarmName ?? []) : []));
}
