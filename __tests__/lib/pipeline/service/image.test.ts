import { isByDigest, readImage } from "../../../../lib/pipeline/service/image";
import { digest } from "./fake-work";

test("an image by digest is taken as it is", () => {
  const image = `localhost:5000/shop/api@sha256:${"0".repeat(64)}`;
  expect(readImage(image)).toBe(image);
});

test.each([
  "shop/api",
  "shop/api:latest",
  `shop/api:1.0@sha256:${"0".repeat(64)}`,
  `shop/api@sha256:${"0".repeat(63)}`,
  `shop/api@sha256:${"G".repeat(64)}`,
  `@sha256:${"0".repeat(64)}`,
  `${digest("a")}\n`,
])("%j is refused", (image) => {
  expect(() => readImage(image)).toThrow(
    `--image\n  got "${image}"; allowed: <repository>@sha256:<64 hexadecimal digits>, without a tag, such as `,
  );
});

test("a tag is no digest", () => {
  expect([isByDigest("shop/api:initial"), isByDigest(digest("a"))]).toEqual([false, true]);
});
