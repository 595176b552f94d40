/** Functions that encode and decode known text. @see https://developer.hashicorp.com/terraform/language/functions/base64encode */
import { isUtf8 } from "node:buffer";
import { characters } from "../../common/characters";
import type { HclValue } from "./unknown";
import { asText, wrong } from "./values";

export const ENCODING_FUNCTIONS = {
  base64decode: (text: HclValue) => base64decode(text),
  base64encode: (text: HclValue) => Buffer.from(asText(text)).toString("base64"),
  strrev: (text: HclValue) => characters(asText(text)).reverse().join(""),
  urlencode: (text: HclValue) => urlencode(asText(text)),
};

function base64decode(value: HclValue): string {
  const text = asText(value).replace(/[\r\n]/g, "");
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text || !isUtf8(bytes)) throw wrong(value, "text in Base64");
  return bytes.toString("utf8");
}

/** Go encodes a space as `+`, and encodes more characters than JavaScript. */
function urlencode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}
