/** The scope of one module or root, in which each name is unique. */
import { TerraformStack } from "cdktf";
import { type Construct, RootConstruct } from "constructs";
import { type CallSite, callSite, enter, mistake } from "./source";

export class Namespace extends TerraformStack {
  /** `address` is the folder below the output folder: `modules/vpc`. */
  constructor(
    readonly address: string,
    id = address,
  ) {
    super(new RootConstruct(), id);
    enter(address);
  }

  /** Position in the author's TypeScript of each block, by the block's address in this namespace. */
  readonly sources = new Map<string, CallSite>();
  private readonly locals = new Set<string>();

  /** Records the author's line that defines a block. */
  addSource(address: string, site = callSite()): void {
    this.sources.set(address, site);
  }

  /** An entry of the `locals` block. */
  addLocal(name: string, value: unknown): void {
    if (this.locals.has(name)) {
      throw mistake(`local: got the name "${name}" twice; allowed: a different name for each local`, this.address);
    }
    this.locals.add(name);
    this.addOverride(`locals.${name}`, value);
  }

  static override of(scope: Construct): Namespace {
    const stack = TerraformStack.of(scope);
    if (stack instanceof Namespace) return stack;
    throw mistake(`scope: got "${scope.node.path}" in a stack of CDKTF; allowed: the scope that build() receives`);
  }
}
