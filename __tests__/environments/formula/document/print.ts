/** Prints docs/formula-document.md. */
import { page } from "./index";

process.stdout.write(page());
