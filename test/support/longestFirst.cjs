const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that mostly wait, for a minute or two. Begun late, one of them would be all that is left to wait for. */
const LONGEST = /(?:failures|providers\/\w+\/trigger|transport)\.test\.ts$/;

/** Begins with the files that take the longest: in a fresh clone Jest does not know them yet. */
module.exports = class LongestFirst extends Sequencer {
	sort(tests) {
		const sorted = super.sort(tests);
		const isLong = ({ path }) => LONGEST.test(path.replaceAll('\\', '/'));
		return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
	}
};
