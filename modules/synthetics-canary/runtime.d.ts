/**
 * The part of the runtime's library that the script uses.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_Library_Nodejs.html
 */
declare module "@aws/synthetics-puppeteer" {
  interface Page {
    goto(
      url: string,
      options: { readonly waitUntil: "domcontentloaded"; readonly timeout: number },
    ): Promise<{ status(): number } | null>;
    waitForSelector(selector: string, options: { readonly visible: true; readonly timeout: number }): Promise<unknown>;
  }

  interface Request {
    readonly protocol: "https:";
    readonly hostname: string;
    readonly port: 443;
    readonly path: string;
    readonly method: "GET";
  }

  interface Screenshots {
    readonly screenshotOnStepStart: boolean;
    readonly screenshotOnStepSuccess: boolean;
    readonly screenshotOnStepFailure: boolean;
  }

  const synthetics: {
    getConfiguration(): { setConfig(options: Screenshots): unknown };
    getPage(): Promise<Page>;
    executeStep(name: string, step: () => Promise<void>): Promise<unknown>;
    /** Fails for a status other than 200 to 299. */
    executeHttpStep(name: string, request: Request): Promise<unknown>;
  };
  export = synthetics;
}
