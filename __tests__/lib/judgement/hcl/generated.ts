/** Random expressions that Terraform accepts, over a few locals. */
import fc from "fast-check";

export const LOCALS = {
  n: 3,
  m: -2,
  s: "ab",
  t: 'Ünï "q" $x',
  yes: true,
  no: false,
  numbers: [3, 1, 2],
  texts: ["b", "a", "b", ""],
  sizes: { b: 2, a: 1, "9": 5, "10": 4 },
  names: { k: "v", "x y": "z" },
};

/** An expression from the pieces that `{}` stands for: `max({}, {})`. */
function form<T extends string>(text: T, ...pieces: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  const between = text.split("{}");
  return fc
    .tuple(...pieces)
    .map((values) => between.map((part, i) => (i === 0 ? part : `${values[i - 1]}${part}`)).join(""));
}

type Kinds = { number: string; text: string; boolean: string; numbers: string; texts: string; sizes: string };

const { number, text, boolean, numbers, texts, sizes } = fc.letrec<Kinds>((tie) => {
  const [n, t, b] = [tie("number"), tie("text"), tie("boolean")];
  const [ns, ts, ss] = [tie("numbers"), tie("texts"), tie("sizes")];
  const leaf = { depthSize: "small", maxDepth: 3 } as const;
  return {
    number: fc.oneof(
      leaf,
      fc.constantFrom("0", "1", "2.5", "10", "local.n", "local.m", 'local.sizes["a"]', "local.sizes.b"),
      form("({} + {})", n, n),
      form("({} - {})", n, n),
      form("({} * {})", n, n),
      form("({} % 7)", n),
      form("-({})", n),
      form("max({}, {})", n, n),
      form("floor({} / 2)", n),
      form("length({})", ts),
      form("length({})", t),
      form("({} ? {} : {})", b, n, n),
      form("{}[{}]", ns, n),
      form("try({}[{}], {})", ns, n, n),
      form("lookup({}, {}, {})", ss, t, n),
      form("sum(concat([0], {}))", ns),
    ),
    text: fc.oneof(
      leaf,
      fc.constantFrom('""', '"a"', '"b-é"', '"\\"\\\\\\n$${"', "local.s", "local.t", "local.names.k", "local.texts[1]"),
      form('"${{}}"', t),
      form('"x${{}}-${{}}"', t, n),
      form("upper({})", t),
      form("substr({}, 1, 2)", t),
      form('join("+", {})', ts),
      form('replace({}, "a", {})', t, t),
      form("({} ? {} : {})", b, t, t),
      form("jsonencode({})", ts),
      form("jsonencode({})", ss),
      form("tostring({})", n),
      form('format("%s/%v", {}, {})', t, b),
      form('coalesce({}, {}, "c")', t, t),
      form('element(concat({}, ["e"]), 0)', ts),
      form("jsondecode(jsonencode({}))", t),
      form('try(regex("[a-z]+", {}), {})', t, t),
    ),
    boolean: fc.oneof(
      leaf,
      fc.constantFrom("true", "false", "local.yes", "local.no"),
      form("!{}", b),
      form("({} && {})", b, b),
      form("({} || {})", b, b),
      form("({} < {})", n, n),
      form("({} == {})", n, n),
      form("({} != {})", t, t),
      form("({} == null)", t),
      form("contains({}, {})", ts, t),
      form("startswith({}, {})", t, t),
      form("endswith({}, {})", t, t),
      form("can({}[{}])", ns, n),
      form("can(local.names[{}])", t),
      form("alltrue([for x in {} : x < {}])", ns, n),
      form("anytrue([for x in {} : x == {}])", ts, t),
    ),
    numbers: fc.oneof(
      leaf,
      fc.constantFrom("[]", "local.numbers"),
      form("[{}, {}]", n, n),
      form("[for x in {} : x + {}]", ns, n),
      form("[for k, x in {} : x if {} && k > 0]", ns, b),
      form("({} ? {} : {})", b, ns, ns),
      form("values({})", ss),
      form("reverse({})", ns),
      form("flatten([{}, {}])", ns, n),
    ),
    texts: fc.oneof(
      leaf,
      fc.constantFrom("[]", "local.texts", "values(local.names)"),
      form("[{}, {}]", t, t),
      form('[for k, x in {} : "${x}.${k}"]', ts),
      form('[for k, x in {} : "${k}=${x}"]', ss),
      form("[for x in {} : x if x != {}]", ts, t),
      form("concat({}, {})", ts, ts),
      form("distinct({})", ts),
      form("sort({})", ts),
      form("tolist(toset({}))", ts),
      form("keys({})", ss),
      form("compact({})", ts),
      form('split("a", {})', t),
      form("slice({}, 0, 1)", ts),
      form("({} ? {} : {})", b, ts, ts),
      form("tolist(setsubtract({}, {}))", ts, ts),
    ),
    sizes: fc.oneof(
      leaf,
      fc.constantFrom("{}", "local.sizes"),
      form("merge({}, {})", ss, ss),
      form("{ for x in distinct({}) : x => length(x) }", ts),
      form("{ for k, x in {} : k => x * 2 if {} }", ss, b),
      form("{ for k, x in {} : x => k... }", ns).map((grouped) => `{ for k, x in ${grouped} : k => length(x) }`),
      form("{ a = {}, ({}) = {} }", n, t, n),
      form("zipmap({}, [{}])", ts, n),
    ),
  };
});

export const anyExpression = fc.oneof(number, text, boolean, numbers, texts, sizes);
