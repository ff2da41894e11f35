const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');

/**
 * The seed of every property-based test of a run, a 32-bit integer.
 *
 * It is made of the committed files: a commit that passed passes again, and a commit that fails keeps failing until it is
 * mended, while each commit searches other inputs than the one before. `PROPERTY_SEED` sets another one, "random" one by chance.
 */
function propertySeed() {
	const wanted = process.env.PROPERTY_SEED;
	if (wanted === 'random') return Math.floor(Math.random() * 2 ** 31);
	if (wanted) return Number(wanted) | 0;
	return createHash('sha256').update(committedTree()).digest().readInt32LE();
}

function committedTree() {
	try {
		return execFileSync('git', ['rev-parse', 'HEAD^{tree}'], {
			cwd: __dirname,
			stdio: ['ignore', 'pipe', 'ignore'],
		});
	} catch {
		// The files came without their history.
		return '';
	}
}

module.exports = { propertySeed };
