/** The scope of one module or root, in which each name is unique. */
import { TerraformElement, TerraformStack } from "cdktf";
import { type Construct, RootConstruct } from "constructs";
import { snakeCase } from "./names";
import { type CallSite, callSite, enter, mistake } from "./source";
import { StandIns } from "./stand-ins";

/** A `moved` block, with the author's line. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly source: CallSite;
}

export class Namespace extends TerraformStack {
  /** `address` is the folder below the output folder: `modules/vpc`. */
  constructor(
    readonly address: string,
    id = address,
  ) {
    super(new RootConstruct(), id);
    enter(address);
  }

  /** Where in the author's TypeScript each block was written, by its address in here. */
  readonly sources = new Map<string, CallSite>();
  /** `check` blocks, by name. */
  readonly checks = new Map<string, object>();
  /** Former addresses of resources that have another address now. */
  readonly moves: Move[] = [];
  /** Addresses of former resources that Terraform takes out of the state, and the author's lines. */
  readonly forgotten = new Map<string, CallSite>();
  /** Values of the data sources in here for offline plans. */
  readonly standIns = new StandIns();

  /** Records the author's line that writes a block. @throws InputError with both lines where two blocks have one address */
  addSource(address: string, site = callSite()): void {
    const other = this.sources.get(address);
    if (other !== undefined) {
      const first = other() ?? "another line";
      throw mistake(
        `got ${address}, which ${first} has already; allowed: a different name for each block`,
        this.address,
        site,
      );
    }
    this.sources.set(address, site);
  }

  /** An entry of the `locals` block. */
  addLocal(name: string, value: unknown): void {
    this.addSource(`local.${name}`);
    super.addOverride(`locals.${name}`, value);
  }

  /** Refuses overrides: the generator writes its own blocks, so that an override would be lost. */
  override addOverride(path: string): never {
    throw mistake(
      `addOverride: got ${path}; allowed: arguments of resource(), of the call, or of the root, as overrides are not written`,
      this.address,
    );
  }

  /** The name of a block in Terraform: the ids of the constructs around it, then its own name, joined by `_`. */
  nameIn(scope: Construct, name: string): string {
    const around = scope.node.scopes.slice(this.node.scopes.length).map(({ node }) => wordsOf(node.id));
    return [...around, name].join("_");
  }

  /** CDKTF asks for the names of resources that its own classes make: the same names, without a hash. */
  protected override allocateLogicalId(element: TerraformElement | Construct["node"]): string {
    const { id, scope } = TerraformElement.isTerraformElement(element) ? element.node : element;
    return scope === undefined ? wordsOf(id) : this.nameIn(scope, wordsOf(id));
  }

  static override of(scope: Construct): Namespace {
    const stack = TerraformStack.of(scope);
    if (stack instanceof Namespace) return stack;
    throw mistake(`scope: got "${scope.node.path}" in a stack of CDKTF; allowed: the scope that build() receives`);
  }
}

/** The id of a construct as part of a Terraform name: `AccessLogs` and `access-logs` are `access_logs`. */
function wordsOf(id: string): string {
  return snakeCase(id).replace(/[^a-z0-9]+/g, "_");
}
