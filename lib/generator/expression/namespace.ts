/** The scope of one module or root: every name in it is its own. */
import { TerraformStack } from "cdktf";
import { type Construct, RootConstruct } from "constructs";
import { type CallSite, callSite } from "./source";

export class Namespace extends TerraformStack {
  /** `address` is the folder below the output folder: `modules/vpc`. */
  constructor(
    readonly address: string,
    id = address,
  ) {
    super(new RootConstruct(), id);
  }

  /** Where in the author's TypeScript each block was written, by its address in here. */
  readonly sources = new Map<string, CallSite>();
  private readonly locals = new Set<string>();

  /** Notes that the code that is running writes a block. */
  addSource(address: string, site = callSite()): void {
    this.sources.set(address, site);
  }

  /** An entry of the `locals` block. */
  addLocal(name: string, value: unknown): void {
    if (this.locals.has(name)) {
      throw new Error(`${this.address}: local ${name} is there already; allowed: a name of its own`);
    }
    this.locals.add(name);
    this.addOverride(`locals.${name}`, value);
  }

  static override of(scope: Construct): Namespace {
    const stack = TerraformStack.of(scope);
    if (stack instanceof Namespace) return stack;
    throw new Error(`${scope.node.path}: lies in a plain CDKTF stack; allowed: the scope that build() or a root gives`);
  }
}
