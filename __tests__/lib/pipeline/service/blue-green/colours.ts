/** The stand-in of two colours, started anew for each test of a file. */
import { ColoursServer } from "../../../../support/colours-server";
import { digest } from "../fake-work";

/** Blue gets the requests. */
export const COLOURS = { zone: "Z0123456789ABC", domain: "shop.example", cluster: "shop", service: "shop" } as const;
export const [BLUE, GREEN] = [digest("a"), digest("b")];

/** @param use receives the server before each test, once the environment leads to it */
export function coloursForEachTest(use: (server: ColoursServer) => void): void {
  const before = { ...process.env };
  let server: ColoursServer;
  beforeEach(async () => {
    server = await ColoursServer.start();
    Object.assign(process.env, server.environment);
    use(server);
  });
  afterEach(async () => {
    await server.stop();
    process.env = { ...before };
  });
}
