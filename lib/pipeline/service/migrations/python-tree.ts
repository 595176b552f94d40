/** The tree of Lezer's parser for Python. It covers any text, with error nodes for invalid Python. */

/** The part of Lezer's nodes that is read here. @see https://lezer.codemirror.net/docs/ref/#common.SyntaxNode */
interface SyntaxNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly type: { readonly isError: boolean };
  readonly parent: SyntaxNode | null;
  readonly firstChild: SyntaxNode | null;
  readonly lastChild: SyntaxNode | null;
  readonly nextSibling: SyntaxNode | null;
}

export type PythonParser = (text: string) => PythonNode;

/** Loads the parser, which only commands that judge Python wait for. */
export async function loadPythonParser(): Promise<PythonParser> {
  const { parser } = await import("@lezer/python");
  return (text) => new PythonNode(parser.parse(text).topNode, text);
}

export class PythonNode {
  constructor(
    private readonly node: SyntaxNode,
    private readonly source: string,
  ) {}

  /** Name in Lezer's grammar: `CallExpression`; a token with one form is its own name: `as`, `(`. */
  get kind(): string {
    return this.node.name;
  }

  get isBroken(): boolean {
    return this.node.type.isError;
  }

  get text(): string {
    return this.source.slice(this.node.from, this.node.to);
  }

  /** From 1 on. */
  get line(): number {
    return this.source.slice(0, this.node.from).split("\n").length;
  }

  get parent(): PythonNode | undefined {
    return this.node.parent === null ? undefined : new PythonNode(this.node.parent, this.source);
  }

  get children(): readonly PythonNode[] {
    const children: PythonNode[] = [];
    for (let child = this.node.firstChild; child !== null; child = child.nextSibling) {
      children.push(new PythonNode(child, this.source));
    }
    return children;
  }

  get first(): PythonNode | undefined {
    return this.node.firstChild === null ? undefined : new PythonNode(this.node.firstChild, this.source);
  }

  get last(): PythonNode | undefined {
    return this.node.lastChild === null ? undefined : new PythonNode(this.node.lastChild, this.source);
  }

  /** The next node of the same parent. */
  get next(): PythonNode | undefined {
    return this.node.nextSibling === null ? undefined : new PythonNode(this.node.nextSibling, this.source);
  }

  child(kind: string): PythonNode | undefined {
    return this.children.find((child) => child.kind === kind);
  }

  is(other: PythonNode | undefined): boolean {
    return this.kind === other?.kind && this.node.from === other.node.from && this.node.to === other.node.to;
  }

  /** This node and its descendants in the order of the text, without the nodes that are left out and their descendants. */
  *all(isLeftOut: (node: PythonNode) => boolean = () => false): Generator<PythonNode> {
    if (isLeftOut(this)) return;
    yield this;
    for (const child of this.children) yield* child.all(isLeftOut);
  }
}
