/** Starts the test file that mostly waits before all others. Without notes of earlier runs, Jest goes by the size of files. */
const { default: Sequencer } = require("@jest/test-sequencer");

module.exports = class WaitingFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const waits = ({ path }) => path.endsWith("/applied/applied.test.ts");
    return [...sorted.filter(waits), ...sorted.filter((test) => !waits(test))];
  }
};
