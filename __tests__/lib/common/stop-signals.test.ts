import { onStopSignal } from "../../../lib/common/stop-signals";

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("the listener is called on %s until it is removed", (signal) => {
  const heard: NodeJS.Signals[] = [];
  const before = process.listenerCount(signal);
  const remove = onStopSignal((one) => heard.push(one));
  process.emit(signal, signal);
  remove();
  expect(heard).toEqual([signal]);
  expect(process.listenerCount(signal)).toBe(before);
});
