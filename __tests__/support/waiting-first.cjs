/** Starts test files that mostly wait before all others, the longest first. Without notes of earlier runs, Jest goes by size. */
const { default: Sequencer } = require("@jest/test-sequencer");

const WAITING = ["/applied/applied.test.ts", "/runbooks/", "/applied/kept.test.ts"];

module.exports = class WaitingFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const place = ({ path }) => {
      const found = WAITING.findIndex((part) => path.includes(part));
      return found === -1 ? WAITING.length : found;
    };
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
};
