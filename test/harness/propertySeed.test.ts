import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as fc from 'fast-check';

const MODULE = join(__dirname, '../support/propertySeed.cjs');

function seedWith(environment: Record<string, string>): number {
	const program = `process.stdout.write(String(require(${JSON.stringify(MODULE)}).propertySeed()))`;
	return Number(execFileSync(process.execPath, ['-e', program], { env: { ...process.env, ...environment } }));
}

describe('the seed of property-based tests', () => {
	it('is the same in every run of a commit', () => {
		const seed = seedWith({ PROPERTY_SEED: '' });
		expect(Number.isInteger(seed)).toBe(true);
		expect(seedWith({ PROPERTY_SEED: '' })).toBe(seed);
	});

	it('can be set, or left to chance', () => {
		expect(seedWith({ PROPERTY_SEED: '-42' })).toBe(-42);
		expect(seedWith({ PROPERTY_SEED: 'random' })).not.toBe(seedWith({ PROPERTY_SEED: 'random' }));
	});

	it('holds for properties that name none', () => {
		const seedOfOne = () => fc.check(fc.property(fc.nat(), () => true)).seed;
		expect(fc.readConfigureGlobal().seed).toEqual(expect.any(Number));
		expect(seedOfOne()).toBe(seedOfOne());
	});
});
