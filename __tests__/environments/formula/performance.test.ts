import { dev } from "../../../environments/formula/dev";
import { performanceTests } from "../../../environments/formula/performance";
import { prod } from "../../../environments/formula/prod";
import { staging } from "../../../environments/formula/staging";
import { formula } from "../../../environments/formula/system";

test.each([staging, prod])(
  "the targets of $name are those of its requirements, and `performance` finds them",
  (one) => {
    const { api, executions } = formula(one).props.performance ?? {};
    expect([api?.load, api?.p95Milliseconds]).toEqual([{ kind: "requestsPerMinute", count: 1000 }, 200]);
    expect([executions?.load, executions?.p95Milliseconds]).toEqual([{ kind: "concurrentRequests", count: 500 }, 500]);
  },
);

test("development has no targets", () => {
  expect(performanceTests(dev)).toBeUndefined();
});

test("production is applied only with the sign-offs that two teams give in staging", () => {
  expect(formula(prod).props.delivery?.signOffs).toEqual(["formula-staging-qa", "formula-staging-product-owner"]);
  expect(formula(staging).props.delivery?.signOffs).toBeUndefined();
});
