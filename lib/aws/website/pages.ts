/** The function that answers the paths of an application's pages with its only file of HTML. */
import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function";
import type { Construct } from "constructs";
import type { Expression } from "../../generator/expression/code";
import { resource } from "../../generator/module/resource";

export function pagesFunction(scope: Construct, name: Expression<string>): Expression<string> {
  return resource(scope, CloudfrontFunction, "pages", {
    name: `${name}-pages`,
    comment: "Answers the path of a page with index.html",
    runtime: "cloudfront-js-2.0",
    code: PAGES,
    publish: true,
  }).arn;
}

/**
 * The application's router decides on a path whose last part has no dot. A mapping of the errors 403 and 404 to the page would
 * also replace errors of an API and of the web ACL.
 */
const PAGES = `function handler(event) {
  const request = event.request;
  if (!/\\.[^/]*$/.test(request.uri)) request.uri = "/index.html";
  return request;
}
`;
