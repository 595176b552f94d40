import { configurationForStock, withRootImports } from "../../../.ci/bench/stock";

const camelCase = (_provider: string, folder: string) => folder.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const rewrite = (source: string) => withRootImports(source, camelCase);

test.each([
  [
    "a class",
    'import { Vpc } from "@cdktf/provider-aws/lib/vpc";',
    'import { vpc as aws_vpc } from "@cdktf/provider-aws"; import Vpc = aws_vpc.Vpc;',
  ],
  [
    "a class under another name",
    'import { Lb as AwsLb } from "@cdktf/provider-aws/lib/lb";',
    'import { lb as aws_lb } from "@cdktf/provider-aws"; import AwsLb = aws_lb.Lb;',
  ],
  [
    "a class and a type",
    'import { Eip, type EipConfig } from "@cdktf/provider-aws/lib/eip";',
    'import { eip as aws_eip } from "@cdktf/provider-aws"; import Eip = aws_eip.Eip; import EipConfig = aws_eip.EipConfig;',
  ],
  [
    "a type",
    'import type { KmsKeyConfig } from "@cdktf/provider-aws/lib/kms-key";',
    'import { kmsKey as aws_kmsKey } from "@cdktf/provider-aws"; import KmsKeyConfig = aws_kmsKey.KmsKeyConfig;',
  ],
  [
    "names on lines of their own",
    'import {\n  Release,\n  type ReleaseConfig,\n} from "@cdktf/provider-helm/lib/release";',
    'import { release as helm_release } from "@cdktf/provider-helm"; import Release = helm_release.Release; import ReleaseConfig = helm_release.ReleaseConfig;',
  ],
])("%s comes from the provider's root", (_, deep, root) => {
  expect(rewrite(deep)).toBe(root);
});

test.each([
  'import { S3Backend } from "cdktf";',
  'import { aws } from "../lib/aws";',
  'const text = `import { Vpc } from "@cdktf/provider-aws/lib/vpc";`;',
])("%s stays as it is", (source) => {
  expect(rewrite(source)).toBe(source);
});

test("all options of the compiler are kept except those of TypeScript 7", () => {
  const text =
    '{ "compilerOptions": { "strict": true, "checkers": 1, "singleThreaded": true }, "include": ["main.ts"] }';
  expect(configurationForStock(text)).toEqual({ compilerOptions: { strict: true, resolveJsonModule: true } });
});
