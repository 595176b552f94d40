/** Breaks the modules of a masking, as `mutation.test.ts` does in the roots that call them. */
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { Configurations, type TreeFiles } from "../../../lib/judgement/configuration";
import { judgeRoot } from "../../../lib/judgement/guardrails/judge";
import { newRoot } from "../../lib/generator/support";
import { composed } from "../../modules/masking-calls";
import { MASKING_MUTANTS } from "./masking-mutants";
import { mutated } from "./mutate";

describe("the guardrails of a masking", () => {
  const root = newRoot();
  composed(root);
  const files = new Map(renderTree([root]).map(({ path, content }) => [path, content]));
  const judged = (tree: TreeFiles) => judgeRoot(new Configurations(tree).root(root.address), [], "2026-01-01");

  test("hold, and each is decided from the source", () => {
    const { broken, unknown, counts } = judged(files);
    expect([...broken, ...unknown].map(({ guardrail, address, got }) => [guardrail.id, address, got])).toEqual([]);
    expect(counts.holds).toBeGreaterThan(60);
  });

  test.each(MASKING_MUTANTS.map((mutant) => [mutant.file, mutant.guardrail, mutant] as const))(
    "in %s, %s alone kills its mutant",
    (_file, id, mutant) => {
      const { broken, unknown } = judged(mutated(files, root.address, [mutant]) ?? files);
      expect([...new Set([...broken, ...unknown].map(({ guardrail }) => guardrail.id))]).toEqual([id]);
    },
  );
});
